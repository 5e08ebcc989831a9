package casefilepage

import (
	"context"

	"bangfu/templates/ui"
)

// differences lists the fields that two people wrote differently: what stands now, and what was typed here.
func (v SectionView) differences(ctx context.Context) ui.TableView {
	t := ui.TableView{Caption: "casefile.conflict_table",
		Columns: []ui.Column{{Key: "casefile.conflict_field"}, {Key: "casefile.conflict_theirs"}, {Key: "casefile.conflict_mine"}},
		Empty:   ui.EmptyView{Title: "casefile.conflict_same"}}
	for _, d := range v.Differ {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Text(d.Label.In(ctx)), ui.Text(d.Theirs), ui.Text(d.Mine)}})
	}
	return t
}
