package staff_test

import (
	"testing"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// A district is called as its federation is; a unit's union names none, and the highest federation is asked.
func TestNamesOfDistricts(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	if _, err := u.Exec(t.Context(), `
		INSERT INTO staff_org (parent_id, level, code, name, district, phone, path) VALUES
			(NULL, 'county', 'AAX', '东川区总工会', '530113', '1', ''), (NULL, 'unit', 'BBX', '南盘江总工会电站工会', '530199', '1', ''),
			(NULL, 'city', 'CCX', '春城市帮扶中心', '530100', '1', '');
		INSERT INTO staff_org (parent_id, level, code, name, district, phone, path)
		SELECT id, 'county', 'AAY', '开发区总工会工作站', '530113', '1', '' FROM staff_org WHERE code = 'AAX'`); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{sample.District: "青石县", "539902": "白河县", "530113": "东川区", "530199": "", "530100": "", "999999": "", "": ""} {
		var got string
		if err := u.QueryRow(t.Context(), `SELECT staff_district($1)`, code).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("district %s is called %q, want %q", code, got, want)
		}
	}
}
