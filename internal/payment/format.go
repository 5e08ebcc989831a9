package payment

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// FormatID names a row of payment_format.
type FormatID int64

// Column is one column of a bank's file.
type Column string

// The columns of a bank's file. ColCard carries a tab before the digits, so that a spreadsheet keeps the number as text
// and does not round its last digits; ColCardPlain is for a bank that takes digits only.
const (
	ColSequence  Column = "sequence"
	ColReference Column = "reference"
	ColName      Column = "name"
	ColBank      Column = "bank"
	ColBranch    Column = "branch"
	ColCard      Column = "card"
	ColCardPlain Column = "card_plain"
	ColAmount    Column = "amount"
	ColRemark    Column = "remark"
)

// Columns lists the columns in the order in which a page offers them.
var Columns = []Column{ColSequence, ColReference, ColName, ColBank, ColBranch, ColCard, ColCardPlain, ColAmount, ColRemark}

// Key gives the word of the column on a page.
func (c Column) Key() words.Key { return words.Key("payment.column." + string(c)) }

// heads are the names in the bank's file: the bank reads Chinese, whatever the page speaks.
var heads = map[Column]string{ColSequence: "序号", ColReference: "业务参考号", ColName: "户名", ColBank: "开户银行", ColBranch: "支行名称",
	ColCard: "卡号", ColCardPlain: "卡号", ColAmount: "金额", ColRemark: "用途"}

// Encoding is how a bank's file writes its characters.
type Encoding string

// The encodings. GB18030 and not GBK, which lacks the rare characters of people's names.
const (
	UTF8    Encoding = "utf-8" // with a byte order mark
	GB18030 Encoding = "gb18030"
)

// Encodings lists the encodings.
var Encodings = []Encoding{UTF8, GB18030}

// Key gives the word of the encoding.
func (e Encoding) Key() words.Key {
	return words.Key("payment.encoding." + strings.ReplaceAll(string(e), "-", ""))
}

// byteOrderMark begins a UTF-8 file, so that spreadsheets read it as such.
const byteOrderMark = "\xef\xbb\xbf"

// Format is a bank's file: its columns in order, its encoding, with or without a line of heads.
type Format struct {
	ID       FormatID
	Name     string
	Encoding Encoding
	Columns  []Column
	Header   bool
	Active   bool
}

// Check refuses a format with which a bank could not pay or an answer could not be matched: the reference, name, one
// card column and the amount are needed, and none may stand twice.
func (f Format) Check() *work.Refusal {
	for i, c := range f.Columns {
		if !slices.Contains(Columns, c) || slices.Contains(f.Columns[:i], c) {
			return work.Refuse("payment.refusal.column_twice", c)
		}
	}
	for _, c := range []Column{ColReference, ColName, ColAmount} {
		if !slices.Contains(f.Columns, c) {
			return work.Refuse("payment.refusal.column_missing", c)
		}
	}
	if slices.Contains(f.Columns, ColCard) == slices.Contains(f.Columns, ColCardPlain) {
		return work.Refuse("payment.refusal.column_card")
	}
	return nil
}

// AddFormat keeps a new format. A format is not changed afterwards: batches remember theirs.
func AddFormat(ctx context.Context, u *work.Unit, f Format) (FormatID, error) {
	if refusal := f.Check(); refusal != nil {
		return 0, refusal
	}
	id, err := insertFormat(ctx, u, f)
	if err != nil {
		return 0, fmt.Errorf("adding a format: %w", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "payment.add_format", Kind: "format", ID: int64(id),
		Changes: []work.Change{{Field: "name", After: f.Name}, {Field: "columns", After: f.Columns}, {Field: "encoding", After: f.Encoding}}})
}

// UseFormat offers a format for new batches, or offers it no longer.
func UseFormat(ctx context.Context, u *work.Unit, id FormatID, use bool) error {
	if err := updateFormat(ctx, u, id, use); err != nil {
		return fmt.Errorf("changing format %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "payment.use_format", Kind: "format", ID: int64(id),
		Changes: []work.Change{{Field: "active", Before: !use, After: use}}})
}

// Transfer is what one line of a bank's file says.
type Transfer struct {
	Seq       int
	Reference string
	Name      string // of the card's holder
	Bank      string
	Branch    string
	Card      string // digits only
	Amount    money.Amount
	Remark    string
}

// Write writes a bank's file: CSV with CRLF, in the format's encoding.
func (f Format) Write(transfers []Transfer) ([]byte, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.UseCRLF = true
	row := make([]string, len(f.Columns))
	if f.Header {
		for i, c := range f.Columns {
			row[i] = heads[c]
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	for _, t := range transfers {
		for i, c := range f.Columns {
			row[i] = t.cell(c)
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, err
	}
	if f.Encoding == GB18030 {
		return simplifiedchinese.GB18030.NewEncoder().Bytes(text.Bytes())
	}
	return append([]byte(byteOrderMark), text.Bytes()...), nil
}

// cell writes one column of a transfer.
func (t Transfer) cell(c Column) string {
	switch c {
	case ColSequence:
		return strconv.Itoa(t.Seq)
	case ColReference:
		return safe(t.Reference)
	case ColName:
		return safe(t.Name)
	case ColBank:
		return safe(t.Bank)
	case ColBranch:
		return safe(t.Branch)
	case ColCard:
		return "\t" + t.Card
	case ColCardPlain:
		return t.Card
	case ColAmount:
		return t.Amount.String()
	case ColRemark:
		return safe(t.Remark)
	}
	return ""
}

// formulas begin a cell that a spreadsheet would compute, in both widths.
const formulas = "=+-@＝＋－＠"

// safe writes what people entered so that no spreadsheet takes it for a formula or for two cells: control characters
// become spaces, and an apostrophe stands before what would begin a formula.
func safe(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s))
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune(formulas, first) {
		return "'" + s
	}
	return s
}
