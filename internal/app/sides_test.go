package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// told is part of what is said to who is on another side of a case, and to a relative.
const (
	told        = "您在这户的核查、决定、发放三方中已属另一方"
	toldRelated = "须回避"
)

// sends posts a form of the person with a genuine key.
func sends(v *webtest.Visitor, path string, fields ...string) *webtest.Page {
	values := url.Values{"form_key": {formKey(v)}}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.Send(r)
}

// manifold gives Clerk4, a caseworker, two more roles, as a small office may.
func manifold(t *testing.T, u *work.Unit) {
	for _, role := range []work.Role{staff.Supervisor, staff.Cashier} {
		run(t, u, `INSERT INTO staff_role (staff_id, role, granted_at) VALUES (@id, @role, @now)`,
			pgx.NamedArgs{"id": sample.Clerk4.StaffID, "role": role, "now": u.Now})
	}
}

// newCard are the fields of another card of the sample household.
var newCard = []string{"number", "6217001210024455220", "bank", "中国建设银行", "branch", "青石支行", "holder", "王建国"}

// Whoever entered the card of a household makes no payment to it, though two others confirmed and accepted the card.
func TestWhoEnteredACardDoesNotPayToIt(t *testing.T) {
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	manifold(t, u)
	s := open(t, tx)
	f := sample.File(t, u, casefile.Active)
	account, _ := funded(t, u, fund.Living)
	granted(t, u, f.ID, account, 100)
	payable := number(t, u, `SELECT id FROM payment_payable WHERE file_id = $1`, f.ID)

	many := s.As(sample.Clerk4)
	sends(many, casefilepage.CardsPath(f.ID), newCard...).Is(http.StatusSeeOther)
	card := number(t, u, `SELECT id FROM casefile_card WHERE file_id = $1 AND state = 'proposed'`, f.ID)
	sends(s.As(sample.Supervisor2), fmt.Sprintf("%s/%d/decision", casefilepage.CardsPath(f.ID), card), "act", "confirm").Is(http.StatusSeeOther)
	as(u, sample.Accountant, func() {
		must(t, payment.Decide(t.Context(), u, payment.PayableID(payable), payment.ActCard, "已核对存折原件"))
	})
	batch := []string{"payable", fmt.Sprint(payable), "format", "1"}
	if got := sends(many, "/payments/batches", batch...); got.Code == http.StatusSeeOther {
		t.Errorf("who entered the card made the batch: %s", got.Path)
	}
	if n := number(t, u, `SELECT count(*) FROM payment_batch`); n != 0 {
		t.Errorf("%d batches", n)
	}
	sends(s.As(sample.Cashier), "/payments/batches", batch...).Is(http.StatusSeeOther)
}

// Whoever entered a card or filled in a registration neither judges the household nor decides on what a colleague asks for,
// and is offered neither; whoever decided enters nothing.
func TestOnePersonOneSideOnThePages(t *testing.T) {
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	manifold(t, u)
	s := open(t, tx)
	f, judged := sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Active)
	returned := sample.File(t, u, casefile.Returned)
	many := s.As(sample.Clerk4)

	sends(many, casefilepage.CardsPath(f.ID), newCard...).Is(http.StatusSeeOther)
	sends(many, fmt.Sprintf("/files/%d/rejudgement", f.ID)).Is(http.StatusUnprocessableEntity).Says(told)

	many.Get(casefilepage.CardsPath(judged.ID)).Is(http.StatusOK).Says("提交新卡")
	sends(many, fmt.Sprintf("/files/%d/rejudgement", judged.ID)).Is(http.StatusSeeOther)
	many.Get(casefilepage.CardsPath(judged.ID)).Is(http.StatusOK).SaysNot("提交新卡")
	sends(many, casefilepage.CardsPath(judged.ID), newCard...).Is(http.StatusUnprocessableEntity).Says(told)

	many.Get(casefilepage.SectionPath(returned.ID, casefile.HousingSection)).Press("保存并返回").Is(http.StatusOK)
	as(u, sample.Clerk, func() { must(t, casefile.Submit(t.Context(), u, returned.ID)) })
	as(u, sample.Clerk, func() {
		_, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), returned.ID,
			casefile.NewCard{Holder: "王建国", Bank: "中国建设银行", Branch: "青石支行", Number: "6217001210024455220"})
		must(t, err)
	})
	card := number(t, u, `SELECT id FROM casefile_card WHERE file_id = $1 AND state = 'proposed'`, returned.ID)
	many.Get(casefilepage.CardsPath(returned.ID)).Says("待确认").SaysNot("核对无误，启用")
	sends(many, fmt.Sprintf("%s/%d/decision", casefilepage.CardsPath(returned.ID), card), "act", "confirm").Is(http.StatusUnprocessableEntity).Says(told)
	s.As(sample.Supervisor2).Get(casefilepage.CardsPath(returned.ID)).Says("核对无误，启用")
}

// A relative fills in nothing of a registration that a colleague opened, and what was typed stands on the page.
func TestARelativeFillsInNothingOnThePages(t *testing.T) {
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	s := open(t, tx)
	f := sample.File(t, u, casefile.Returned)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	must(t, err)
	must(t, people[0].Reveal(sample.Keys()))
	as(u, sample.Clerk4, func() {
		_, err := staff.Declare(t.Context(), u, sample.Keys(), "parent", people[0].Name, people[0].Number)
		must(t, err)
	})
	page := s.As(sample.Clerk4).Get(casefilepage.SectionPath(f.ID, casefile.HousingSection)).Press("保存并返回", webtest.Fill{"address": "青石县河东街道7号"})
	page.Is(http.StatusUnprocessableEntity).Says(toldRelated)
	if !strings.Contains(string(page.Body), "青石县河东街道7号") {
		t.Error("what was typed is lost")
	}
	sends(s.As(sample.Clerk4), fmt.Sprintf("/files/%d/submission", f.ID)).Is(http.StatusUnprocessableEntity)
	var address, state string
	must(t, u.QueryRow(t.Context(), `SELECT address, state FROM casefile_file WHERE id = $1`, f.ID).Scan(&address, &state))
	if address == "青石县河东街道7号" || state != "returned" {
		t.Errorf("%s, %s", address, state)
	}
}
