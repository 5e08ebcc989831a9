package ui_test

import (
	"strings"
	"testing"

	"bangfu/templates/ui"
)

// Numbers with a hyphen stay in one line, other text is left as it is, and none of it becomes markup.
func TestWhole(t *testing.T) {
	for text, want := range map[string]string{
		"请拨打0879-2100001。":              `请拨打<span class="whole">0879-2100001</span>。`,
		"0879-2100001，400-800-1234":     `<span class="whole">0879-2100001</span>，<span class="whole">400-800-1234</span>`,
		"QSX20260930-01-0003":           `<span class="whole">QSX20260930-01-0003</span>`,
		"A call-back at 0879-2100001":   `A call-back at <span class="whole">0879-2100001</span>`,
		"13908790001 - 2 <b>1-2</b> &c": `13908790001 - 2 &lt;b&gt;<span class="whole">1-2</span>&lt;/b&gt; &amp;c`,
		"没有号码":                          "没有号码",
		"":                              "",
	} {
		var b strings.Builder
		if err := ui.Whole(text).Render(t.Context(), &b); err != nil || b.String() != want {
			t.Errorf("%q: %s, %v; want %s", text, b.String(), err, want)
		}
	}
}
