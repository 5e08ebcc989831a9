// Package seed makes the sample centre that `make run` shows: an invented tree of unions, its people, its funds, and
// some sixty invented households whose files and grants stand in every state there is.
//
// Nothing is written past the rules. Each household has a story (stories.go) of acts by people at times in the past;
// all acts are played in the order of their times, each as a unit of work through the domain functions, and the job
// that ends notices runs every night between. So notices have really ended, votes are really quorate and the trail
// reads as it would in a centre that has worked for half a year. All of it is one transaction: there is a whole sample
// centre or none.
//
// The same day gives the same centre: chance is a generator with a fixed seed. Nobody in it exists; the districts of
// the ID numbers are not in use and the telephone numbers are not assigned.
//
// Start reading at Fill. It owns no table.
package seed
