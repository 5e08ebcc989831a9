package visit

import (
	"slices"
	"strings"
	"testing"
)

// Numbers are told from names, in digits and in Chinese.
func TestPartsOfAnAddress(t *testing.T) {
	tests := map[string]string{
		"河西街道12号":      "河西街道 #12 号",
		"河西街道０１２号":     "河西街道 #12 号",
		"工人新村三号楼二单元":   "工人新村 #3 号楼 #2 单元",
		"一百零三号":        "#103 号",
		"二〇一室":         "#201 室",
		"十号、十二号、二十号":   "#10 号、 #12 号、 #20 号",
		"两千一百一十号":      "#2110 号",
		"三里河五一路七里铺9号":  "三里河五一路七里铺 #9 号",
		"十字路口":         "十字路口",
		"0号":           "# 号",
		"零号":           "# 号",
		" 3 号 楼 ":      "#3 号楼",
		"":             "",
		"99999999999号": "#99999999999 号",
	}
	for address, want := range tests {
		var got []string
		for _, p := range partsOf(address) {
			if p.number {
				got = append(got, "#"+p.text)
			} else {
				got = append(got, p.text)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// The unit comes first, then the address, then who came first; no two orders of the same doors differ.
func TestWalked(t *testing.T) {
	doors := []door{{7, "1.", "甲路2号"}, {3, "1.", "甲路10号"}, {1, "1.", "甲路"}, {5, "1.2.", "甲路1号"}, {4, "1.", "甲路02号"}, {8, "1.", "甲路2号"}}
	want := []int64{1, 4, 7, 8, 3, 5}
	for range doors {
		if got := walked(doors); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		doors = append(doors[1:], doors[0])
	}
}
