package day

import (
	"strings"
	"testing"
)

// A slip of the pen in next year's notice is found when it is read, and not on the day of which it speaks.
func TestReadPlansRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no list":             `{}`,
		"an unknown name":     `[{"year": 2027, "holiday": []}]`,
		"no day":              `[{"year": 2027, "off": [["2027-02-30", "2027-03-01", "x"]]}]`,
		"no last day":         `[{"year": 2027, "off": [["2027-02-01", "", "x"]]}]`,
		"another year":        `[{"year": 2027, "off": [["2028-01-01", "2028-01-01", "元旦"]]}]`,
		"November before":     `[{"year": 2027, "off": [["2026-11-30", "2027-01-01", "元旦"]]}]`,
		"backwards":           `[{"year": 2027, "off": [["2027-01-03", "2027-01-01", "元旦"]]}]`,
		"no name":             `[{"year": 2027, "off": [["2027-01-01", "2027-01-03", ""]]}]`,
		"both off and work":   `[{"year": 2027, "off": [["2027-01-01", "2027-01-03", "元旦"]], "worked": ["2027-01-02"]}]`,
		"work another year":   `[{"year": 2027, "worked": ["2029-01-02"]}]`,
		"the same year twice": `[{"year": 2027}, {"year": 2027}]`,
	} {
		if _, err := readPlans(strings.NewReader(text)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}
