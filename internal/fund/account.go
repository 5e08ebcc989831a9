package fund

import (
	"context"
	"fmt"
	"strings"

	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// AccountID names a row of fund_account.
type AccountID int64

// Source says where money comes from (domain.md d.7).
type Source string

// The sources of money.
const (
	Central  Source = "central"  // 中央财政专项
	Province Source = "province" // 省级
	City     Source = "city"     // 市级
	County   Source = "county"   // 县级
	Dues     Source = "dues"     // 工会经费
	Donation Source = "donation" // 社会捐赠
)

// Sources lists the sources in the order in which a page offers them.
var Sources = []Source{Central, Province, City, County, Dues, Donation}

// Key gives the word of the source.
func (s Source) Key() words.Key { return words.Key("fund.source." + string(s)) }

// Purpose says what money is for.
type Purpose string

// The purposes of money.
const (
	Living   Purpose = "living"
	Medical  Purpose = "medical"
	Disaster Purpose = "disaster"
	Tuition  Purpose = "tuition"
	Training Purpose = "training"
	Running  Purpose = "running" // the centre's own cost
)

// Purposes lists the purposes in the order in which a page offers them.
var Purposes = []Purpose{Living, Medical, Disaster, Tuition, Training, Running}

// Key gives the word of the purpose.
func (p Purpose) Key() words.Key { return words.Key("fund.purpose." + string(p)) }

// Balances are the pots of an account, or of several together, in fen.
type Balances struct {
	Received  money.Amount // what came in, less what was reversed
	Available money.Amount
	Reserved  money.Amount
	Paid      money.Amount
}

// Account is one earmarked fund with its balances.
type Account struct {
	ID      AccountID
	OrgID   work.OrgID
	OrgPath string
	Office  string // name of the organisation
	Source  Source
	Purpose Purpose
	Year    int
	Balances
}

// Title names the account to a person: "2026 年 市级 · 生活救助".
func (a Account) Title() words.Message {
	return words.Saying("fund.account_title", a.Year, a.Source, a.Purpose)
}

// Serves tells whether the account may pay for households of the organisation with this path: its own office's and
// those of the offices below it.
func (a Account) Serves(orgPath string) bool { return strings.HasPrefix(orgPath, a.OrgPath) }

// Open makes an account of the acting person's office. A source that does not serve the purpose is refused by the
// database for everybody (fund_pair_allowed), and so is a second account of the same kind.
func Open(ctx context.Context, u *work.Unit, source Source, purpose Purpose, year int) (AccountID, error) {
	id, err := insertAccount(ctx, u, source, purpose, year)
	if err != nil {
		return 0, fmt.Errorf("opening an account: %w", refused(err, Account{Source: source, Purpose: purpose, Year: year}))
	}
	return id, u.Audit(ctx, work.Entry{
		Act: "fund.open", Kind: "fund_account", ID: int64(id),
		Changes: []work.Change{{Field: "source", After: source}, {Field: "purpose", After: purpose}, {Field: "year", After: year}},
	})
}

// refused words the rules of the database that a person can meet; other errors stay as they are.
func refused(err error, a Account) error {
	switch work.Violated(err) {
	case "fund_pair_allowed":
		return work.Refuse("fund.refusal.pair", a.Source, a.Purpose).On("purpose")
	case "fund_account_org_id_source_purpose_year_key":
		return work.Refuse("fund.refusal.exists", a.Title()).On("purpose")
	case "fund_not_below_zero":
		return work.Refuse("fund.refusal.short_now", a.Title())
	case "fund_reversed_once":
		return work.Refuse("fund.refusal.reversed")
	case "fund_entry_once", "fund_entry_end", "fund_entry_recovery":
		return work.Refuse("fund.refusal.moved")
	}
	return err
}
