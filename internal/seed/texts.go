package seed

import "strconv"

// What people of the sample centre write. Each is picked by chance, so that lists do not read all the same.
var (
	agreed = []string{"与申报情况一致。", "住房、收入与申报一致，家中陈设简单。", "邻居证实情况属实。", "病历与票据原件已核对。"}
	passed = []string{"情况属实，同意提交公示。", "经评议小组讨论，符合建档条件。", "困难情况清楚，材料齐全，同意。"}

	reviewed = []string{"材料齐全，同意提交研究。", "票据与金额相符，同意。", "符合条件，提请审批。"}
	favoured = []string{"同意。", "情况属实，同意。", "同意按申请金额救助。"}
	signed   = []string{"同意发放。", "同意，尽快发放到位。", "同意。"}

	reasons = map[string][]string{
		"living":   {"下岗后家庭收入锐减，冬季生活困难，申请生活救助。", "孩子开学，家庭收支难以为继，申请生活救助。", "长期服药，生活费不足，申请生活救助。"},
		"illness":  {"患重大疾病住院治疗，医保报销后个人负担较重，申请大病救助。", "透析治疗，每月自付费用较高，申请大病救助。"},
		"disaster": {"房屋受灾，家具电器损毁，申请灾害救助。", "发生意外事故，家庭损失较大，申请救助。"},
	}
)

// number writes a number in digits.
func number(n int) string { return strconv.Itoa(n) }
