package idcard

import "testing"

func TestMaskWithin(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"核实 53990119740128561X 张三":      "核实 539***********561X 张三",
		"身份证539901197401285617，电话":      "身份证539***********5617，电话",
		"卡 6222020200112233445 不对":      "卡 622************3445 不对",
		"电话13987654321。":                "电话139****4321。",
		"电话 12987654321":                "电话 12987654321",     // no mobile phone begins so
		"流水 20261126000123":             "流水 20261126000123",  // fourteen digits are no number of a person
		"编号 123456789012345":            "编号 123********2345", // fifteen are
		"档案 YC-2026-000123，13 人，2026 年": "档案 YC-2026-000123，13 人，2026 年",
		"a1398765432112345678901234b":   "a1398765432112345678901234b", // part of a hash
	} {
		if got := MaskWithin(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
