// Package app puts the program together: configuration, database, sessions, files, the list of who may pass where,
// and the work done in the background. It is the only package that knows all others.
//
// Start reading at Open, then routes.go (who may pass) and jobs.go (what runs by itself).
package app
