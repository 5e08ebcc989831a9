// Package audit reads the trail that package work writes: who did what to which record, when, from where, and what
// changed. It seals the entries into a chain of hashes and verifies the chain.
//
// A reader sees the entries of the offices in their scope: what people of those offices did, and what others and the
// program itself did to those offices' files. Whoever sees the whole tree also sees what belongs to no office.
//
// Start reading at List, then Seal and Verify.
//
// Of the entries about a file that was destroyed after its term only coded facts are left (audit_redact in the migrations).
//
// Tables: audit_seal, audit_pending and audit_redaction; audit_entry is written by package work only.
package audit
