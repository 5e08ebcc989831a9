package e2e

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/words"
)

// family is the invented household that goes through the journey.
var family = struct {
	headID, headName, wifeID, wifeName, motherID, motherName, sonID, sonName, phone, card string
}{
	headID: number("53990119760312031"), headName: "梁有田",
	wifeID: number("53990119780605044"), wifeName: "孟秋菊",
	motherID: number("53990119500412022"), motherName: "贺桂香",
	sonID: number("53990120101003055"), sonName: "梁小川",
	phone: "13908791234", card: "6228480402564890018",
}

// number completes an ID number with its check digit.
func number(first17 string) string {
	check, ok := idcard.CheckDigit(first17)
	if !ok {
		panic("not 17 digits: " + first17)
	}
	return first17 + string(check)
}

// language is the one a journey is walked in; journeys are walked one after another.
var language = words.Chinese

// say gives the words on the page for a key, so that a journey does not break on a better word.
func say(key words.Key, args ...any) string {
	return words.T(words.In(context.Background(), language), key, args...)
}

// cast is the people of a journey, each in a window of their own.
type cast struct {
	t       *testing.T
	b       *browser
	program *program
	secrets map[string]string
	people  map[string]*person
	ahead   string // of the program's clock

	signedIn map[string]bool // everybody who took part
}

// open starts the program with its sample centre, its clock running ahead, and a browser.
func open(t *testing.T, ahead string) *cast {
	t.Helper()
	c := &cast{t: t, b: openBrowser(t), program: build(t), people: map[string]*person{}, ahead: ahead, signedIn: map[string]bool{}}
	c.program.Start(ahead)
	c.secrets = c.program.SignIns()
	return c
}

// as gives the window in which a person of the sample centre is signed in.
func (c *cast) as(username string) *person {
	c.t.Helper()
	if p, ok := c.people[username]; ok {
		return p
	}
	p := c.b.person(c.t, c.program.Base(), username)
	p.Open("/signin")
	if language != words.Chinese {
		p.Press(language.Name())
	}
	p.Type(say("staff.username"), username)
	p.Type(say("staff.password"), c.secrets[username])
	p.Press(say("staff.sign_in_button"))
	c.people[username], c.signedIn[username] = p, true
	return p
}

// later stops the program and starts it again with the clock further ahead; everybody has to sign in again.
func (c *cast) later(ahead string) {
	c.t.Helper()
	c.program.Stop()
	c.people, c.ahead = map[string]*person{}, ahead
	c.program.Start(ahead)
}

// today is the day on which the program is.
func (c *cast) today() day.Date {
	ahead, err := time.ParseDuration(strings.TrimPrefix(c.ahead, "+"))
	if c.ahead != "" && err != nil {
		c.t.Fatal(err)
	}
	return day.On(time.Now().Add(ahead))
}

// verify stops the program and lets `bangfu verify` look at what is left.
func (c *cast) verify() (string, error) {
	c.program.Stop()
	return c.program.Run("verify")
}

// walk takes one way through the program as a test of its own, with windows of its own.
func (c *cast) walk(name string, way func(c *cast)) {
	c.t.Run(name, func(t *testing.T) {
		began := time.Now()
		inside := *c
		inside.t, inside.people = t, map[string]*person{}
		way(&inside)
		t.Logf("walked in %v", time.Since(began).Round(time.Second))
	})
}

// download presses the button that downloads a file, and gives what is in it.
func download(p *person, button string) []byte {
	p.t.Helper()
	p.Reach(button, func(f focus) bool { return f.Tag == "button" && strings.HasPrefix(f.Label, button) })
	text := p.eval(`(async () => {
		const form = document.activeElement.form;
		const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
		if (!answer.ok) return "status " + answer.status;
		let bytes = "";
		for (const b of new Uint8Array(await answer.arrayBuffer())) bytes += String.fromCharCode(b);
		return btoa(bytes);
	})()`)
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		p.fail("downloading: %s", text)
	}
	return content
}

// bankFile presses the button that downloads the bank's file, and gives its rows.
func bankFile(t *testing.T, p *person, button string) [][]string {
	t.Helper()
	text := string(download(p, button))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("the bank's file: %v\n%s", err, text)
	}
	return rows
}

// answerFile writes what the bank answers to a file: every line succeeded. An amount changes the first line.
func answerFile(t *testing.T, sent [][]string, amount string) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	for i, row := range sent {
		row = slices.Clone(row)
		result := "成功"
		if i == 0 {
			result = "结果"
		}
		for j, head := range sent[0] {
			if head == "金额" && i == 1 && amount != "" {
				row[j] = amount
			}
		}
		if err := w.Write(append(row, result)); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	path := filepath.Join(t.TempDir(), "answer.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// paper writes a small PDF to be handed in.
func paper(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".pdf")
	content := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" +
		"trailer<</Root 1 0 R>>\n%%EOF\n% " + name + "\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
