package staff

import "bangfu/internal/work"

// told words what the database refused and a person can put right; anything else stays as it is.
func told(err error) error {
	switch work.Violated(err) {
	case "staff_org_code_key":
		return work.Refuse("staff.refusal.code_taken").On("code")
	case "staff_org_code_check":
		return work.Refuse("staff.refusal.code").On("code")
	case "staff_org_district_check":
		return work.Refuse("staff.refusal.district").On("district")
	case "staff_member_username_key":
		return work.Refuse("staff.refusal.username_taken").On("username")
	case "staff_member_username_check":
		return work.Refuse("staff.refusal.username").On("username")
	case "staff_body_org_id_kind_key":
		return work.Refuse("staff.refusal.body_exists").On("kind")
	case "staff_body_one_head":
		return work.Refuse("staff.refusal.one_head").On("head")
	case "staff_body_once":
		return work.Refuse("staff.refusal.seated").On("member")
	case "staff_body_member_pkey":
		return work.Refuse("staff.refusal.seat_day").On("since")
	case "staff_relative_once":
		return work.Refuse("staff.refusal.relative_once").On("number")
	case "staff_relative_second":
		return work.Refuse("staff.refusal.relative_own")
	case "staff_body_member_check":
		return work.Refuse("staff.refusal.until").On("until")
	}
	return err
}
