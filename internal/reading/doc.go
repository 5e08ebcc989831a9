// Package reading remembers who of the staff opened which household's file, and brakes who reads in masses (security.md 3.1,
// 2.4.1: more than so many searches an hour are slowed and reported; 3.2, CES1-21 and CES1-34: alarm on mass reading, on
// unusual reading). After a leak an auditor asks who looked at a file; the answer is Of.
//
// A page waits for no write. A Watcher counts in memory, and a job writes what it counted every few seconds, by one statement
// (write.go): a row for each person, file and hour of the clock. A visit, a grant or another record of a household that is
// opened by itself is a reading of its file (record.go). A program that crashes loses those seconds. While the
// database is away the rows wait, up to a number; what is beyond it is lost, and the log says how much.
//
// Above half of the limit an hour is unusual; at the limit the brake holds: files that the person has not opened in this hour,
// and searches, are refused until the next one (limit.go). Each is one entry of the trail for a person and an hour, whichever
// programs on the database the person used. What was searched for is written nowhere.
//
// Start reading at Watcher, then write.go and list.go.
//
// Tables: reading_file, reading_hour. casefile_file, staff_member and staff_org are read here, and the tables of other features
// only for the file that a record belongs to (record.go); all are written by their owners.
package reading
