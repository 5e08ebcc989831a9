package comparison

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/sheet"
	"bangfu/internal/work"
)

// Sample is the beginning of an answer, for telling its columns: the first rows, ID numbers masked, where the heads seem to
// be, and what the columns seem to hold.
type Sample struct {
	Rows    []SampleRow
	Head    int // the row with the heads, as a spreadsheet counts; 0 = none
	Columns []Column
}

// SampleRow is one row of it.
type SampleRow struct {
	Row   int // as a spreadsheet counts
	Cells []string
}

// Title gives what stands over the column n, counted from 0.
func (s Sample) Title(n int) string {
	for _, row := range s.Rows {
		if row.Row == s.Head && n < len(row.Cells) {
			return row.Cells[n]
		}
	}
	return ""
}

const (
	// MostAbove is the last row that can hold the heads: titles and notes stand above them.
	MostAbove = 20
	// sampleRows is how many rows are shown from the heads on.
	sampleRows = 6
)

// SampleOf reads the beginning of an answer that waits for its columns.
func SampleOf(ctx context.Context, q work.Querier, keys *seal.Keys, id AnswerID) (Sample, error) {
	content, err := contentOf(ctx, q, keys, id)
	if err != nil {
		return Sample{}, fmt.Errorf("opening answer %d: %w", id, err)
	}
	rows, err := sheet.Open(bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		return Sample{}, fmt.Errorf("opening answer %d: %w", id, err)
	}
	defer func() { _ = rows.Close() }() // what it reads lies in memory
	var s Sample
	for len(s.Rows) < MostAbove+sampleRows {
		cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Sample{}, fmt.Errorf("reading answer %d: %w", id, err)
		}
		s.Rows = append(s.Rows, SampleRow{rows.Row(), slices.Clone(cells[:min(len(cells), mostColumns)])})
	}
	s.understand()
	return s, nil
}

// understand finds the heads, tells the columns by them, leaves the rows that are shown, and masks their numbers.
func (s *Sample) understand() {
	s.Head = 0
	last := min(len(s.Rows), sampleRows)
	for i, row := range s.Rows {
		if row.Row <= MostAbove && looksLikeHeads(row.Cells) {
			s.Head, last = row.Row, min(len(s.Rows), i+sampleRows)
			break
		}
	}
	s.Rows = s.Rows[:last]
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row.Cells))
		for i, cell := range row.Cells {
			if number, err := idcard.Parse(cell); err == nil {
				cell = number.Masked()
			} else {
				cell = idcard.MaskWithin(cell) // one with a digit mistyped is somebody's all the same
			}
			row.Cells[i] = shorten(cell, 60)
		}
	}
	for i := range width {
		column := Guess(s.Title(i))
		if column != Skip && slices.Contains(s.Columns, column) {
			column = Skip // the first of equal heads counts
		}
		s.Columns = append(s.Columns, column)
	}
}

// looksLikeHeads tells whether a row names the two columns that every answer has.
func looksLikeHeads(cells []string) bool {
	var told []Column
	for _, cell := range cells {
		told = append(told, Guess(cell))
	}
	return slices.Contains(told, NumberCol) && slices.Contains(told, NameCol)
}
