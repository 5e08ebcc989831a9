package gallery

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"bangfu/internal/form"
	"bangfu/internal/words"
)

// checker walks one page and notes what a person with a screen reader, a keyboard
// or a strict content policy would stumble over.
type checker struct {
	ids      map[string]int
	labelled map[string]bool
	targets  []string // "label for=\"x\"": ids that must exist, behind a tab
	headings []string
	mains    int
	told     []string
}

// Check lists the faults of a page.
func Check(root *html.Node, language words.Language) []string {
	c := &checker{ids: map[string]int{}, labelled: map[string]bool{}}
	for n := range root.Descendants() {
		c.collect(n)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			c.element(n)
			c.attributes(n)
		}
		if n.Type == html.TextNode && strings.ContainsAny(n.Data, "⟦⟧") {
			c.say("word missing: %s", n.Data)
		}
		if n.Type == html.ElementNode && n.Data == "html" && attr(n, "lang") != language.Tag() {
			c.say("lang is %q", attr(n, "lang"))
		}
	}
	c.whole()
	return c.told
}

func (c *checker) say(format string, args ...any) {
	c.told = append(c.told, fmt.Sprintf(format, args...))
}

// collect notes ids and labels before anything is judged.
func (c *checker) collect(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	if id := attr(n, "id"); id != "" {
		c.ids[id]++
	}
	if n.Data == "label" {
		c.labelled[attr(n, "for")] = true
	}
}

// whole judges what needs the whole page.
func (c *checker) whole() {
	for id, count := range c.ids {
		if count > 1 {
			c.say("id %q stands twice", id)
		}
	}
	for _, target := range c.targets {
		what, id, _ := strings.Cut(target, "\t")
		if c.ids[id] == 0 {
			c.say("%s leads nowhere", what)
		}
	}
	if n := strings.Count(strings.Join(c.headings, " "), "h1"); n != 1 {
		c.say("%d h1", n)
	}
	for i := 1; i < len(c.headings); i++ {
		if c.headings[i][1] > c.headings[i-1][1]+1 {
			c.say("%s follows %s", c.headings[i], c.headings[i-1])
		}
	}
	if c.mains != 1 {
		c.say("%d main", c.mains)
	}
}

// element judges one element by its name.
func (c *checker) element(n *html.Node) {
	switch n.Data {
	case "main":
		c.mains++
	case "h1", "h2", "h3", "h4":
		if within(n, "dialog") == nil {
			c.headings = append(c.headings, n.Data)
		}
	case "title":
		if text(n) == "" {
			c.say("title without words")
		}
	case "input", "select", "textarea":
		c.control(n)
	case "label":
		if id := attr(n, "for"); id != "" {
			c.targets = append(c.targets, fmt.Sprintf("label for=%q\t%s", id, id))
		}
	case "a", "button", "summary", "th", "legend", "caption":
		if text(n) == "" && attr(n, "aria-label") == "" && attr(n, "aria-hidden") != "true" {
			c.say("%s without words", n.Data)
		}
	case "fieldset":
		if find(n, "legend") == nil {
			c.say("fieldset without legend")
		}
	case "table":
		if find(n, "caption") == nil {
			c.say("table without caption")
		}
	case "form":
		c.form(n)
	case "script":
		if attr(n, "src") == "" {
			c.say("script without src")
		}
	case "style", "object", "embed":
		c.say("%s element", n.Data)
	case "iframe": // a paper in its place, and nothing from elsewhere
		if attr(n, "title") == "" || !strings.HasPrefix(attr(n, "src"), "/files/") {
			c.say("iframe of %q", attr(n, "src"))
		}
	case "img":
		if !has(n, "alt") {
			c.say("img without alt")
		}
	case "svg":
		if attr(n, "aria-hidden") != "true" && attr(n, "aria-label") == "" {
			c.say("svg neither hidden nor named")
		}
	}
	if n.Data == "th" && attr(n, "scope") == "" {
		c.say("th without scope")
	}
	if n.Data == "button" && attr(n, "type") == "" {
		c.say("button without a type")
	}
}

// control judges a box: it needs a label, and radio buttons a group.
func (c *checker) control(n *html.Node) {
	kind := attr(n, "type")
	if kind == "hidden" {
		return
	}
	id := attr(n, "id")
	named := id != "" && c.labelled[id] || within(n, "label") != nil || attr(n, "aria-label") != ""
	if !named {
		c.say("%s without a label: %s", n.Data, attr(n, "name"))
	}
	if kind == "radio" && within(n, "fieldset") == nil {
		c.say("radio outside a fieldset: %s", attr(n, "name"))
	}
}

// form judges a form: the server validates, and each post carries its key.
func (c *checker) form(n *html.Node) {
	if !has(n, "novalidate") {
		c.say("form without novalidate")
	}
	if attr(n, "method") != "post" {
		return
	}
	for box := range n.Descendants() {
		if box.Type == html.ElementNode && box.Data == "input" && attr(box, "name") == form.KeyName && attr(box, "value") != "" {
			return
		}
	}
	c.say("post form without form_key: %s", attr(n, "action"))
}

// attributes judges the attributes of any element.
func (c *checker) attributes(n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style", strings.HasPrefix(a.Key, "on"):
			c.say("%s on %s", a.Key, n.Data)
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			c.targets = append(c.targets, fmt.Sprintf("href=%q\t%s", a.Val, a.Val[1:]))
		case strings.HasPrefix(a.Val, "javascript:"), strings.Contains(a.Val, "about:invalid"):
			c.say("script in an address on %s", n.Data)
		case slices.Contains([]string{"aria-describedby", "aria-labelledby", "aria-controls", "form"}, a.Key):
			for id := range strings.FieldsSeq(a.Val) {
				c.targets = append(c.targets, fmt.Sprintf("%s=%q\t%s", a.Key, id, id))
			}
		case strings.ContainsAny(a.Val, "⟦⟧"):
			c.say("word missing in %s: %s", a.Key, a.Val)
		}
	}
}

// attr gives an attribute, "" when it is not there.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// has tells whether an attribute is there.
func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// text gives the words inside an element.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		if d.Type == html.ElementNode && d.Data == "img" {
			b.WriteString(attr(d, "alt"))
		}
	}
	return strings.TrimSpace(b.String())
}

// within gives the nearest element of that name around n.
func within(n *html.Node, name string) *html.Node {
	for p := range n.Ancestors() {
		if p.Type == html.ElementNode && p.Data == name {
			return p
		}
	}
	return nil
}

// find gives the first element of that name inside n.
func find(n *html.Node, name string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			return d
		}
	}
	return nil
}
