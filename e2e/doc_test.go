// Package e2e walks the program as people do: a real browser, keyboard only, every person with a sign-in of his or
// her own, axe on every page that is passed. The program under test is the built binary with its embedded database.
package e2e
