package visit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"bangfu/internal/work"
)

// door is where a household of a route lives.
type door struct {
	file    work.FileID
	unit    string // path of its office
	address string
}

// walked gives the households in the order in which they are walked: by unit, then by address as people count, so that
// 2号 comes before 10号, and 二单元 before 三单元.
func walked(doors []door) []int64 {
	type placed struct {
		door
		parts []part
	}
	all := make([]placed, len(doors))
	for i, d := range doors {
		all[i] = placed{d, partsOf(d.address)}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), slices.CompareFunc(a.parts, b.parts, part.compare),
			cmp.Compare(a.address, b.address), cmp.Compare(a.file, b.file))
	})
	files := make([]int64, len(all))
	for i, p := range all {
		files[i] = int64(p.file)
	}
	return files
}

// part is a piece of an address: a number, or what stands between two numbers.
type part struct {
	text   string // of a number its digits without leading zeros, so that those of any length can be compared
	number bool
}

// compare puts numbers in their order and before words.
func (p part) compare(other part) int {
	switch {
	case p.number && other.number:
		return cmp.Or(cmp.Compare(len(p.text), len(other.text)), cmp.Compare(p.text, other.text))
	case p.number:
		return -1
	case other.number:
		return 1
	}
	return cmp.Compare(p.text, other.text)
}

// counted are the words before which Chinese numerals count: in 三号楼 they do, in 三里河 and 五一路 they are a name.
const counted = "号栋幢座楼单元室层弄巷组排门村区期院"

// partsOf takes an address apart. Digits count wherever they stand, of half or full width; Chinese numerals before a word that
// is counted.
func partsOf(address string) []part {
	var parts []part
	var text strings.Builder
	add := func(p part) {
		if text.Len() > 0 {
			parts = append(parts, part{text: text.String()})
			text.Reset()
		}
		parts = append(parts, p)
	}
	runes := []rune(strings.Join(strings.Fields(address), ""))
	for i := 0; i < len(runes); {
		n := 0
		for i+n < len(runes) && digit(runes[i+n]) >= 0 {
			n++
		}
		if n > 0 {
			var b strings.Builder
			for _, r := range runes[i : i+n] {
				b.WriteByte(byte('0' + digit(r)))
			}
			add(part{strings.TrimLeft(b.String(), "0"), true})
			i += n
			continue
		}
		for i+n < len(runes) && strings.ContainsRune(numerals, runes[i+n]) {
			n++
		}
		if n > 0 && i+n < len(runes) && strings.ContainsRune(counted, runes[i+n]) {
			add(part{numeral(runes[i : i+n]), true})
			i += n
			continue
		}
		n = max(n, 1)
		text.WriteString(string(runes[i : i+n]))
		i += n
	}
	if text.Len() > 0 {
		parts = append(parts, part{text: text.String()})
	}
	return parts
}

// digit gives the value of a digit of half or full width; -1 for any other sign.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// numerals are the signs of Chinese numbers: ten digits with their other forms, then the places.
const numerals = "零〇一二两三四五六七八九十百千"

// values are what the signs of numerals stand for.
var values = map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'十': 10, '百': 100, '千': 1000}

// numeral writes a Chinese number in digits: 十二 is 12, 一百零三 is 103, 二〇一 is 201.
func numeral(signs []rune) string {
	if !slices.ContainsFunc(signs, func(r rune) bool { return values[r] >= 10 }) {
		var b strings.Builder
		for _, r := range signs {
			b.WriteByte(byte('0' + values[r]))
		}
		return strings.TrimLeft(b.String(), "0")
	}
	sum, last := 0, -1
	for _, r := range signs {
		v := values[r]
		switch {
		case v < 10:
			last = v
		case last < 0: // 十二 begins with its place
			sum += v
		default:
			sum, last = sum+last*v, -1
		}
	}
	return strings.TrimLeft(strconv.Itoa(sum+max(last, 0)), "0")
}
