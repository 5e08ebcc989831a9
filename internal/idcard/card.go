package idcard

import (
	"errors"
	"strings"
)

// What ParseCard may answer.
var (
	// ErrCardLength says that the number has not 16 to 19 digits.
	ErrCardLength = errors.New("idcard: card number has not 16 to 19 digits")
	// ErrCardCharacter says that a sign is neither a digit nor a separator.
	ErrCardCharacter = errors.New("idcard: card number holds other signs than digits")
	// ErrCardChecksum says that the check digit is wrong.
	ErrCardChecksum = errors.New("idcard: wrong check digit of the card number")
)

// ParseCard reads the number of a bank card as people type it; spaces and hyphens are
// ignored, full-width digits count as plain ones. It gives 16 to 19 digits, or
// ErrCardCharacter, ErrCardLength or ErrCardChecksum. Source rule: ISO/IEC 7812-1
// annex B (Luhn). Numbers of old passbooks have no check digit and are refused.
func ParseCard(s string) (string, error) {
	s, ok := compact(s)
	if !ok {
		return "", ErrCardLength
	}
	card := strings.ReplaceAll(s, "-", "")
	switch {
	case card == "":
		return "", ErrCardLength
	case !allDigits(card):
		return "", ErrCardCharacter
	case len(card) < 16 || len(card) > 19:
		return "", ErrCardLength
	case !luhn(card):
		return "", ErrCardChecksum
	}
	return card, nil
}

// luhn adds the digits, every second one from the right doubled and its digits added.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		digit := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return sum%10 == 0
}

// Bank gives the Chinese name of the bank that issued a card, by the first six digits,
// or "" when the prefix is none of the well-known ones. It is a help to the person who
// types, never a rule: a bank may have other prefixes, and many local banks are missing.
func Bank(card string) string {
	if len(card) < 6 {
		return ""
	}
	return banks[card[:6]]
}

var banks = bankTable(map[string]string{
	"中国工商银行":   "620058 621225 621226 621227 621281 621288 621558 621559 621618 621670 621720 621721 621722 621723 622200 622202 622203 622208 623062",
	"中国农业银行":   "621282 621336 621619 621671 622821 622822 622823 622824 622825 622826 622827 622828 622840 622841 622843 622844 622845 622846 622847 622848 622849 623018 623206",
	"中国银行":     "456351 601382 621256 621283 621330 621331 621332 621333 621568 621569 621620 621660 621661 621662 621663 621665 621666 621667 621668 621669 621672 621725 621756 621757 621758 621759 621785 621786 621787 621788 621789 621790 623208",
	"中国建设银行":   "436742 621081 621284 621467 621598 621621 621700 622280 622700 623211 623668",
	"中国邮政储蓄银行": "620529 621095 621096 621098 621285 621599 621622 621674 621797 621798 621799 622150 622151 622181 622188 622199 623218 623219",
	"交通银行":     "405512 601428 621002 621069 621335 621436 622258 622259 622260 622261 622262",
	"招商银行":     "410062 468203 621286 621299 621483 621485 621486 622580 622588 622598 622609",
	"中信银行":     "433670 433671 433680 621767 621768 621770 621771 621772 621773 622690 622691 622692 622696 622698 622998 622999",
	"中国光大银行":   "620535 621489 621492 622660 622661 622662 622663 622664 622665 622666 622667 622668 622669 622670 622671 622672 622673 622674",
	"华夏银行":     "621222 622630 622631 622632 622633 623020 623021 623022 623023",
	"中国民生银行":   "415599 421393 472067 472068 622615 622616 622617 622618 622619 622620 622622",
	"平安银行":     "412962 412963 415752 415753 602907 621626 622298 622535 622536 622538 622539 622983 622986 622989 623058",
	"兴业银行":     "438588 438589 622908 622909 966666",
	"上海浦东发展银行": "621351 621352 621390 621791 621792 621793 621795 621796 622516 622517 622518 622519 622520 622521 622522 622523",
	"广发银行":     "621462 622568",
})

func bankTable(byBank map[string]string) map[string]string {
	byPrefix := map[string]string{}
	for bank, prefixes := range byBank {
		for prefix := range strings.FieldsSeq(prefixes) {
			byPrefix[prefix] = bank
		}
	}
	return byPrefix
}
