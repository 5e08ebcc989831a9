package payment

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// Limits of an answer: more than any batch can need.
const (
	MostBytes = 2 << 20
	MostRows  = 20_000
)

// Columns that only an answer has.
const (
	ColResult Column = "result"
	ColReason Column = "reason"
)

// Fault is one thing wrong with an answer: in which row of the file, counted as a spreadsheet counts (0 = the whole
// file), for which reference if one could be read.
type Fault struct {
	Row       int
	Reference string
	Message   words.Message
}

// Said is one row of an answer, as written and not yet compared with a batch.
type Said struct {
	Row       int
	Reference string
	Name      string // "" when the file has no such column
	Card      string // whole, or its last digits; without what protects it from spreadsheets
	Amount    money.Amount
	Paid      bool
	Reason    string // of a failure
}

// Parse reads a bank's answer: CSV with commas, tabs or bars, in UTF-8 or GB18030. The columns are found by their heads;
// without a line of heads they are those of the bank's file, with the result and the reason after them. Whatever
// bytes come in, the answer is rows or faults, never both.
func Parse(data []byte, columns []Column) ([]Said, []Fault) {
	text, fault := decode(data)
	if fault != nil {
		return nil, []Fault{*fault}
	}
	records, lines, fault := split(text)
	if fault != nil {
		return nil, []Fault{*fault}
	}
	if len(records) == 0 {
		return nil, wholeFile("payment.fault.empty")
	}
	places, headed := byHeads(records[0])
	if headed {
		records, lines = records[1:], lines[1:]
	} else {
		places = byTemplate(columns)
	}
	for _, c := range []Column{ColReference, ColCard, ColAmount, ColResult} {
		if _, ok := places[c]; !ok {
			return nil, wholeFile("payment.fault.column", heading(c))
		}
	}
	if len(records) == 0 {
		return nil, wholeFile("payment.fault.empty")
	}
	return parseRows(records, lines, places)
}

// parseRows reads the rows below the heads.
func parseRows(records [][]string, lines []int, places map[Column]int) ([]Said, []Fault) {
	width := 0
	for _, place := range places {
		width = max(width, place+1)
	}
	if _, ok := places[ColReason]; ok && places[ColReason] == width-1 {
		width-- // the reason may be left out where there is none
	}
	var said []Said
	var faults []Fault
	for i, record := range records {
		s, fault := parseRow(record, lines[i], places, width)
		if fault != nil {
			faults = append(faults, *fault)
			continue
		}
		said = append(said, s)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return said, nil
}

// parseRow reads one row, or says what is wrong with it.
func parseRow(record []string, line int, places map[Column]int, width int) (Said, *Fault) {
	cell := func(c Column) string {
		if place, ok := places[c]; ok && place < len(record) {
			return bare(record[place])
		}
		return ""
	}
	s := Said{Row: line, Reference: cell(ColReference), Name: cell(ColName), Reason: shorten(cell(ColReason), 200)}
	s.Card = strings.ReplaceAll(cell(ColCard), " ", "")
	wrong := func(key words.Key, args ...any) (Said, *Fault) {
		return Said{}, &Fault{Row: line, Reference: shorten(s.Reference, 40), Message: words.Saying(key, args...)}
	}
	if len(record) < width {
		return wrong("payment.fault.cut", len(record), width)
	}
	amount, err := money.Parse(cell(ColAmount))
	if err != nil {
		return wrong("payment.fault.amount", shorten(cell(ColAmount), 40))
	}
	s.Amount = amount
	switch result := strings.ToLower(cell(ColResult)); {
	case slices.Contains(successes, result):
		s.Paid = true
	case !slices.Contains(failures, result):
		return wrong("payment.fault.result", shorten(cell(ColResult), 40))
	}
	return s, nil
}

// How banks say that they paid, or did not.
var (
	successes = []string{"成功", "交易成功", "付款成功", "已支付", "success", "ok"}
	failures  = []string{"失败", "交易失败", "付款失败", "退票", "退汇", "fail", "failed"}
)

// names are the heads under which banks return a column, the most telling first.
var names = map[Column][]string{
	ColReference: {"业务参考号", "参考号", "业务流水号", "流水号", "编号", "reference"},
	ColName:      {"户名", "姓名", "收款人", "收款人姓名", "收款户名", "收款人名称", "name"},
	ColCard:      {"卡号", "账号", "收款账号", "收款人卡号", "卡号后四位", "卡号尾号", "card"},
	ColAmount:    {"金额", "交易金额", "金额（元）", "金额(元)", "amount"},
	ColResult:    {"结果", "处理结果", "交易结果", "状态", "交易状态", "result"},
	ColReason:    {"原因", "失败原因", "备注", "说明", "reason"},
}

// heading gives the head under which a column is best returned.
func heading(c Column) string { return names[c][0] }

// byHeads finds the columns by the first row. False: the first row holds no heads.
func byHeads(first []string) (map[Column]int, bool) {
	cells := make([]string, len(first))
	for i, cell := range first {
		cells[i] = strings.ToLower(bare(cell))
	}
	places := map[Column]int{}
	for c, known := range names {
		for _, name := range known {
			if place := slices.Index(cells, name); place >= 0 {
				places[c] = place
				break
			}
		}
	}
	_, result := places[ColResult]
	_, reference := places[ColReference]
	return places, result || reference
}

// byTemplate gives the columns of the bank's own file, with the result and the reason after them.
func byTemplate(columns []Column) map[Column]int {
	places := map[Column]int{}
	for i, c := range columns {
		if c == ColCardPlain {
			c = ColCard
		}
		places[c] = i
	}
	places[ColResult], places[ColReason] = len(columns), len(columns)+1
	return places
}

// decode turns a file into text: UTF-8 with or without a mark, else GB18030.
func decode(data []byte) (string, *Fault) {
	if len(data) > MostBytes {
		return "", &Fault{Message: words.Saying("payment.fault.too_large")}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", &Fault{Message: words.Saying("payment.fault.not_text")}
	}
	text := bytes.TrimPrefix(data, []byte(byteOrderMark))
	if utf8.Valid(text) {
		return string(text), nil
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", &Fault{Message: words.Saying("payment.fault.not_text")}
	}
	return string(decoded), nil
}

// split cuts the text into rows with their line numbers; blank rows are left out.
func split(text string) ([][]string, []int, *Fault) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	r.Comma = separator(text)
	var records [][]string
	var lines []int
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return records, lines, nil
		}
		if err != nil {
			var where *csv.ParseError
			errors.As(err, &where) // the reader gives no other error on text in memory
			return nil, nil, &Fault{Row: where.Line, Message: words.Saying("payment.fault.quotes")}
		}
		if !slices.ContainsFunc(record, func(cell string) bool { return bare(cell) != "" }) {
			continue
		}
		if len(records) > MostRows {
			return nil, nil, &Fault{Message: words.Saying("payment.fault.too_many", MostRows)}
		}
		line, _ := r.FieldPos(0)
		records, lines = append(records, record), append(lines, line)
	}
}

// separator is the sign between cells in the first line.
func separator(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, sign := range "\t|" {
		if strings.Count(first, string(sign)) > strings.Count(first, string(best)) {
			best = sign
		}
	}
	return best
}

// bare takes off a cell what was put on it against spreadsheets: spaces, tabs, an apostrophe, ="…".
func bare(cell string) string {
	cell = strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' })
	if inside, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inside, `"`) {
		cell = strings.TrimSuffix(inside, `"`)
	}
	return strings.TrimSpace(strings.TrimPrefix(cell, "'"))
}

// wholeFile makes a fault that is of no row.
func wholeFile(key words.Key, args ...any) []Fault {
	return []Fault{{Message: words.Saying(key, args...)}}
}

// shorten makes what a file holds fit to be shown and kept: at most n characters, no control characters.
func shorten(s string, n int) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
	if len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return string(runes)
}
