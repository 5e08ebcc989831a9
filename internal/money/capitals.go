package money

import "strings"

var (
	capitalDigits = [...]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	capitalPlaces = [...]struct {
		unit  uint64
		place string
	}{{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}}
)

// Capitals writes the amount in the capital numerals of Chinese vouchers (人民币大写),
// without the words 人民币 before it: "壹仟贰佰叁拾肆元伍角整", "零元整", "负壹元整".
// Source rule: 《支付结算办法》 annex 1 (正确填写票据和结算凭证的基本规定): 整 after yuan and
// jiao, never after fen; one 零 for a run of zeros inside; where the annex leaves a 零 to
// choice (a zero only at the place of yuan or 万), none is written.
func (a Amount) Capitals() string {
	fen := magnitude(int64(a))
	yuan, jiao, rest := fen/100, fen/10%10, fen%10
	var text strings.Builder
	if a < 0 {
		text.WriteString("负")
	}
	if yuan > 0 {
		writeCapitals(&text, yuan)
		text.WriteString("元")
	}
	switch {
	case fen == 0:
		return "零元整"
	case jiao == 0 && rest == 0:
		text.WriteString("整")
	case rest == 0:
		text.WriteString(capitalDigits[jiao] + "角整")
	case jiao == 0 && yuan > 0:
		text.WriteString("零" + capitalDigits[rest] + "分")
	case jiao == 0:
		text.WriteString(capitalDigits[rest] + "分")
	default:
		text.WriteString(capitalDigits[jiao] + "角" + capitalDigits[rest] + "分")
	}
	return text.String()
}

// writeCapitals writes n > 0 by splitting it at 亿, then at 万. A part that is shorter
// than its place is led by one 零.
func writeCapitals(text *strings.Builder, n uint64) {
	for _, split := range [...]struct {
		unit uint64
		name string
	}{{100_000_000, "亿"}, {10_000, "万"}} {
		if n < split.unit {
			continue
		}
		writeCapitals(text, n/split.unit)
		text.WriteString(split.name)
		n %= split.unit
		if n > 0 && n < split.unit/10 {
			text.WriteString("零")
		}
		if n > 0 {
			writeCapitals(text, n)
		}
		return
	}
	started, gap := false, false
	for _, p := range capitalPlaces {
		digit := n / p.unit % 10
		if digit == 0 {
			gap = started
			continue
		}
		if gap {
			text.WriteString("零")
		}
		text.WriteString(capitalDigits[digit] + p.place)
		started, gap = true, false
	}
}
