package idcard

import (
	"strings"
	"unicode"
)

// MaskName keeps the first and the last sign of a name: "张小三" gives "张*三". Of two
// signs it keeps the first, of a single one none: "张三" gives "张*". The point in a name,
// "阿卜杜·买买提", stays where it is and counts as no sign. The mask has as many runes as
// the name. Source rule: the project's masking rules after 个人信息保护法 art. 25.
func MaskName(name string) string {
	runes := []rune(name)
	var letters []int // where each sign of the name begins; marks belong to the sign before
	for i, r := range runes {
		if !isPoint(r) && (!unicode.Is(unicode.M, r) || len(letters) == 0) {
			letters = append(letters, i)
		}
	}
	kept := map[int]bool{}
	if len(letters) >= 2 {
		kept[letters[0]] = true
	}
	if len(letters) >= 3 {
		kept[letters[len(letters)-1]] = true
	}
	keep := false
	for i, r := range runes {
		if !unicode.Is(unicode.M, r) || i == 0 {
			keep = kept[i] || isPoint(r)
		}
		if !keep {
			runes[i] = '*'
		}
	}
	return string(runes)
}

// isPoint says whether r parts the names of one person.
func isPoint(r rune) bool {
	switch r {
	case '·', '•', '・', '‧', '∙', '．', '.', ' ', '\u3000':
		return true
	}
	return false
}

// MaskCard keeps the last four digits of a bank card or passbook number.
func MaskCard(card string) string { return maskMiddle(card, 0, 4) }

// MaskPhone keeps the first three and the last four digits of a mobile number,
// "138****1234". A shorter number, as of a house, becomes stars with its last two digits.
func MaskPhone(phone string) string {
	if len([]rune(phone)) < 11 {
		return maskMiddle(phone, 0, 2)
	}
	return maskMiddle(phone, 3, 4)
}

// maskMiddle puts a star for each sign but the first head and the last tail; for all of
// them when less than four would be hidden.
func maskMiddle(s string, head, tail int) string {
	runes := []rune(s)
	hidden := len(runes) - head - tail
	if hidden < 4 {
		return strings.Repeat("*", len(runes))
	}
	return string(runes[:head]) + strings.Repeat("*", hidden) + string(runes[len(runes)-tail:])
}
