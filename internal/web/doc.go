// Package web is what every handler stands on: who is asking, the form that came in, the page that goes out, and the
// one place where an error becomes an answer.
//
// A feature's …web package embeds *Kit in its Handlers, declares its addresses in a func Routes(rs *Routes, k *Kit),
// each with the capability that may pass, and writes handlers of type H that return their errors. Start reading at
// Routes (who may pass), then Kit.Do (a form's unit of work), then answer (errors).
package web
