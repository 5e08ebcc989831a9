package e2e

import (
	"strings"
	"testing"
	"time"

	"bangfu/internal/day"
)

// TestWalks takes the other ways of a file through one program, each by the people whose steps they are: what the
// register goes through while a household is on it, and how the household leaves it and comes back. Each walk begins from
// the sample centre and can be walked alone; the last one moves the clock.
func TestWalks(t *testing.T) {
	ahead := ""
	if year, month, d := day.On(time.Now()).Date(); month == time.January && d == 1 {
		ahead = "+24h" // a line from the first day of this year is there already
		t.Logf("on the first day of %d the walks are those of the second", year)
	}
	c := open(t, ahead)
	c.walk("a card stopped", stoppedCard)
	c.walk("two editors", twoEditors)
	c.walk("an import", importTwice)
	c.walk("a review round", reviewRound)
	c.walk("an exit and a relapse", exitAndRelapse)
	if report, err := c.verify(); err != nil {
		t.Errorf("%v\n%s", err, report)
	}
}

// rows gives the texts of the links in the first column of the page's table.
func rows(p *person) []string {
	p.t.Helper()
	return strings.FieldsFunc(p.eval(`Array.from(document.querySelectorAll("main table tbody tr"))
		.map(r => r.querySelector("a")).filter(a => a).map(a => a.textContent.trim()).join("\n")`), func(r rune) bool { return r == '\n' })
}

// first gives the text of the first link of the page's table that is none of the others.
func first(p *person, others ...string) string {
	p.t.Helper()
	for _, name := range rows(p) {
		if !strings.Contains(strings.Join(others, "\n"), name) {
			return name
		}
	}
	p.fail("the list is empty")
	return ""
}

// row gives the row of the page's table in which a text stands, "" without one.
func row(p *person, text string) string {
	p.t.Helper()
	for _, line := range strings.Split(p.eval(`Array.from(document.querySelectorAll("main table tbody tr"))
		.map(r => r.innerText.replace(/\s+/g, " ")).join("\n")`), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// value gives what a field of the page holds.
func value(p *person, field string) string {
	p.t.Helper()
	return p.eval(`document.querySelector("[name='` + field + `']").value`)
}

// files opens one of the lists of files.
func files(p *person, list string) {
	p.t.Helper()
	p.Press(say("app.nav.files"))
	p.Press(list)
}
