package eligibility

import "bangfu/internal/words"

// Category is the class of hardship in the generation in use since about 2020 (domain.md b.4).
type Category string

// The categories; None is a household that does not qualify.
const (
	None     Category = ""
	Severe   Category = "severe"   // 深度困难
	Relative Category = "relative" // 相对困难
	Accident Category = "accident" // 意外致困
)

// Key gives the word of the category.
func (c Category) Key() words.Key {
	if c == None {
		return "eligibility.category.none"
	}
	return words.Key("eligibility.category." + string(c))
}

// Generation is a set of categories that was in use together.
type Generation string

// SevereRelativeAccident is the generation in use since about 2020.
const SevereRelativeAccident Generation = "severe_relative_accident"

// Key gives the word of the generation.
func (g Generation) Key() words.Key { return words.Key("eligibility.generation." + string(g)) }
