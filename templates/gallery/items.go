package gallery

import (
	"slices"

	"bangfu/templates/auditpage"
	"bangfu/templates/casefilepage"
	"bangfu/templates/censuspage"
	"bangfu/templates/checkpage"
	"bangfu/templates/comparisonpage"
	"bangfu/templates/deskpage"
	"bangfu/templates/disclosurepage"
	"bangfu/templates/eligibilitypage"
	"bangfu/templates/exitpage"
	"bangfu/templates/fundpage"
	"bangfu/templates/grantpage"
	"bangfu/templates/ledgerpage"
	"bangfu/templates/movepage"
	"bangfu/templates/nominationpage"
	"bangfu/templates/noticepage"
	"bangfu/templates/paymentpage"
	"bangfu/templates/planpage"
	"bangfu/templates/readingpage"
	"bangfu/templates/referralpage"
	"bangfu/templates/retentionpage"
	"bangfu/templates/reviewpage"
	"bangfu/templates/staffpage"
	"bangfu/templates/trialpage"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// Items lists every page and part in every state. A page package adds itself with
// one line here.
func Items() []ui.Example {
	return slices.Concat(
		kitForms(),
		kitLists(),
		kitCases(),
		kitShells(),
		staffpage.Examples(),
		auditpage.Examples(),
		grantpage.Examples(),
		visitpage.Examples(),
		planpage.Examples(),
		readingpage.Examples(),
		reviewpage.Examples(),
		exitpage.Examples(),
		retentionpage.Examples(),
		movepage.Examples(),
		ledgerpage.Examples(),
		nominationpage.Examples(),
		noticepage.Examples(),
		deskpage.Examples(),
		disclosurepage.Examples(),
		censuspage.Examples(),
		casefilepage.Examples(),
		eligibilitypage.Examples(),
		trialpage.Examples(),
		checkpage.Examples(),
		fundpage.Examples(),
		paymentpage.Examples(),
		referralpage.Examples(),
		comparisonpage.Examples(),
	)
}
