package staff

import (
	"slices"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// The functions of the program. Every route names one; this page is the only one that says who has it.
const (
	CapDesk work.Capability = "desk" // everybody who is signed in

	CapFileRead     work.Capability = "file.read"
	CapFileRegister work.Capability = "file.register"
	CapFileJudge    work.Capability = "file.judge"
	CapFileAssess   work.Capability = "file.assess"
	CapFilePrint    work.Capability = "file.print"
	CapCardConfirm  work.Capability = "card.confirm"
	CapChangeDecide work.Capability = "change.decide"
	CapVisitRecord  work.Capability = "visit.record"
	CapVisitPlan    work.Capability = "visit.plan" // programmes of visits and samples; deciding whom to visit is no act in a case

	CapReviewOpen    work.Capability = "review.open"
	CapReviewRecord  work.Capability = "review.record"
	CapReviewConfirm work.Capability = "review.confirm"

	CapPlanWrite       work.Capability = "plan.write"
	CapExitPropose     work.Capability = "exit.propose"
	CapExitAssess      work.Capability = "exit.assess"
	CapRecoveryRead    work.Capability = "recovery.read"
	CapRecoveryReceive work.Capability = "recovery.receive"

	CapRetentionRead    work.Capability = "retention.read"
	CapRetentionPropose work.Capability = "retention.propose" // the destruction of files past their term
	CapRetentionDecide  work.Capability = "retention.decide"
	CapRetentionHold    work.Capability = "retention.hold" // keeps a file beyond its term, and lifts what somebody else placed

	CapNoticeRead     work.Capability = "notice.read"
	CapNoticePublish  work.Capability = "notice.publish"
	CapObjectionEnter work.Capability = "objection.enter"
	CapObjectionJudge work.Capability = "objection.judge"

	CapReferralRead work.Capability = "referral.read"
	CapReferralMake work.Capability = "referral.make" // hands a household on to another office; decides nothing of the centre's own

	CapComparisonRead    work.Capability = "comparison.read"
	CapComparisonSend    work.Capability = "comparison.send"    // numbers leave the program in the clear: the office's, not the gatherers'
	CapComparisonResolve work.Capability = "comparison.resolve" // on the gathering side

	CapGrantRead   work.Capability = "grant.read"
	CapGrantApply  work.Capability = "grant.apply"
	CapGrantReview work.Capability = "grant.review"
	CapGrantVote   work.Capability = "grant.vote"
	CapGrantSign   work.Capability = "grant.sign"

	CapFundRead    work.Capability = "fund.read"
	CapFundReceive work.Capability = "fund.receive"

	CapPaymentRead    work.Capability = "payment.read"
	CapPaymentRefuse  work.Capability = "payment.refuse"
	CapPaymentMake    work.Capability = "payment.make"
	CapPaymentRelease work.Capability = "payment.release"
	CapPaymentAnswer  work.Capability = "payment.answer"

	CapLedgerImport     work.Capability = "ledger.import"      // old ledgers read in as registrations: gathering
	CapLedgerExport     work.Capability = "ledger.export"      // lists given out, numbers masked
	CapLedgerExportFull work.Capability = "ledger.export_full" // the same with whole ID and phone numbers

	CapRelativeConfirm work.Capability = "relative.confirm" // of somebody else's relatives
	CapRulesRead       work.Capability = "rules.read"
	CapRulesManage     work.Capability = "rules.manage"
	CapRulesConfirm    work.Capability = "rules.confirm"
	CapAuditRead       work.Capability = "audit.read"
	CapReadingRead     work.Capability = "reading.read" // who of the staff opened a file
	CapStaffManage     work.Capability = "staff.manage"
)

// The roles of a centre (domain.md b.8).
const (
	Caseworker      work.Role = "caseworker"       // 经办人: registers, visits, applies for the household
	Supervisor      work.Role = "supervisor"       // 审核人: judges and assesses files, judges objections, confirms cards
	Officer         work.Role = "officer"          // 帮扶中心办公室: publishes notices, reviews applications
	GroupHead       work.Role = "group_head"       // 领导组组长: signs every grant, confirms lines and rules
	GroupMember     work.Role = "group_member"     // 领导组成员
	CommitteeMember work.Role = "committee_member" // 委员会委员, its chair among them
	Cashier         work.Role = "cashier"          // 出纳: makes batches, reads the bank's answers
	Accountant      work.Role = "accountant"       // 会计: receives money, refuses payables, releases batches
	Auditor         work.Role = "auditor"          // 经审: reads everything, changes nothing
	Administrator   work.Role = "administrator"    // 系统管理员: people, roles and dated rules; no household's data
)

// grants says which capabilities a role brings.
var grants = map[work.Role][]work.Capability{
	Caseworker: {CapFileRead, CapFileRegister, CapFilePrint, CapVisitRecord, CapReviewRecord, CapPlanWrite,
		CapExitPropose, CapRecoveryRead, CapReferralRead, CapReferralMake, CapComparisonRead, CapComparisonResolve,
		CapNoticeRead, CapObjectionEnter, CapGrantRead, CapGrantApply, CapRulesRead, CapLedgerImport},
	Supervisor: {CapFileRead, CapFileJudge, CapFileAssess, CapFilePrint, CapCardConfirm, CapReviewConfirm,
		CapExitAssess, CapRecoveryRead, CapReferralRead, CapComparisonRead, CapChangeDecide, CapNoticeRead,
		CapObjectionEnter, CapObjectionJudge, CapGrantRead, CapRulesRead, CapLedgerExport, CapLedgerExportFull,
		CapVisitPlan, CapReadingRead},
	Officer: {CapFileRead, CapFilePrint, CapReviewOpen, CapRecoveryRead, CapReferralRead, CapComparisonRead,
		CapComparisonSend, CapNoticeRead, CapNoticePublish, CapObjectionEnter, CapGrantRead, CapGrantReview, CapFundRead,
		CapRulesRead, CapLedgerExport, CapRelativeConfirm, CapVisitPlan, CapRetentionRead, CapRetentionPropose, CapRetentionHold},
	GroupHead: {CapFileRead, CapReferralRead, CapComparisonRead, CapNoticeRead, CapGrantRead, CapGrantVote,
		CapGrantSign, CapFundRead, CapRulesRead, CapRulesConfirm, CapRetentionRead, CapRetentionDecide, CapRetentionHold},
	GroupMember: {CapFileRead, CapReferralRead, CapComparisonRead, CapNoticeRead, CapGrantRead, CapGrantVote,
		CapRulesRead},
	CommitteeMember: {CapFileRead, CapReferralRead, CapComparisonRead, CapNoticeRead, CapGrantRead, CapGrantVote,
		CapRulesRead, CapRetentionRead, CapRetentionDecide, CapRetentionHold},
	Cashier: {CapGrantRead, CapFundRead, CapPaymentRead, CapPaymentMake, CapPaymentAnswer, CapRulesRead},
	Accountant: {CapRecoveryRead, CapRecoveryReceive, CapGrantRead, CapFundRead, CapFundReceive, CapPaymentRead,
		CapPaymentRefuse, CapPaymentRelease, CapRulesRead},
	Auditor: {CapFileRead, CapRecoveryRead, CapReferralRead, CapComparisonRead, CapNoticeRead, CapGrantRead,
		CapFundRead, CapPaymentRead, CapRulesRead, CapAuditRead, CapReadingRead, CapLedgerExport, CapRetentionRead},
	Administrator: {CapStaffManage, CapRulesRead, CapRulesManage, CapRelativeConfirm},
}

// forAll are the capabilities that change something for every office: lines and rules hold for the whole register. They come
// with their roles at the office at the top alone; a county does not rule over its neighbours.
var forAll = []work.Capability{CapRulesManage, CapRulesConfirm}

// Roles lists all roles in the order in which a page offers them.
var Roles = []work.Role{Caseworker, Supervisor, Officer, GroupHead, GroupMember, CommitteeMember, Cashier, Accountant, Auditor, Administrator}

// CapsOf gives what a person with these roles may do: the desk, and what each role brings.
func CapsOf(roles []work.Role) []work.Capability {
	caps := []work.Capability{CapDesk}
	for _, role := range roles {
		for _, c := range grants[role] {
			if !slices.Contains(caps, c) {
				caps = append(caps, c)
			}
		}
	}
	return caps
}

// RolesWith lists the roles that bring a capability: the offices that can do what a person may not.
func RolesWith(c work.Capability) []work.Role {
	if c == CapDesk {
		return slices.Clone(Roles)
	}
	var with []work.Role
	for _, role := range Roles {
		if slices.Contains(grants[role], c) {
			with = append(with, role)
		}
	}
	return with
}

// RoleKey gives the word of a role.
func RoleKey(role work.Role) words.Key { return words.Key("staff.role." + string(role)) }

// DutyKey says in a sentence what a role can do.
func DutyKey(role work.Role) words.Key { return words.Key("staff.duty." + string(role)) }
