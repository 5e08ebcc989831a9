package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// How many files a unit, and how many units a county, and counties a city have.
const (
	filesOfUnit    = 250
	unitsOfCounty  = 40
	countiesOfCity = 7
)

// Levels are the user names of one person at each level of a made-up register, from the province down to a unit.
var Levels = []string{"prov-supervisor", "city10-supervisor", "ys1001-supervisor", "ys1001-clerk1", "ys1001001"}

// provinceDistrict is the district of the sample's province.
const provinceDistrict = "530000"

// office is one organisation of the register, with those of its people who act in the households' cases.
type office struct {
	id       int64
	path     string
	code     string
	name     string
	employer string // of a unit: the enterprise whose union it is
	district string
	level    staff.Level
	parent   int64
	clerks   [3]person // a county has three, a unit one
	head     person    // supervisor of a county
	officer  person    // of a county
}

// person is one member of staff.
type person struct {
	id       int64
	name     string
	username string
	role     work.Role
	org      int64
}

// offices is the tree: a register of n files has about n/filesOfUnit units.
type offices struct {
	counties []*office
	units    [][]*office // of each county
	above    []*office   // cities
	people   []person
}

// placeFirst and placeLast make names of places; their products are more than there are counties and cities.
var (
	placeFirst = strings.Fields("青 云 澜 石 白 龙 凤 金 银 玉 清 平 安 宁 永 新 临 江 河 湖 溪 泉 松 竹 梅 兰 桂 柳 枫 杉")
	placeLast  = strings.Fields("川 阳 山 源 州 城 原 江 水 谷 平 昌 丰 泽 陵 桥 口 坪 湾 岭")
	brands     = strings.Fields("宏达 永兴 东方 红星 长虹 建设 光明 胜利 华丰 金利 安泰 顺达 新民 利民 前进 振兴 春雷 双喜 天和 同心 广源 恒昌 大成 兴隆")
	trades     = strings.Fields("纺织厂 机械厂 水泥厂 化肥厂 食品公司 客运公司 环卫站 中医院 建筑公司 供水公司 印刷厂 农机厂 糖业公司 茶业公司 陶瓷厂 物流公司 造纸厂 百货公司 电子厂 矿业公司")
)

// setTree makes the organisations and their people and copies them with all triggers in force.
func (b *bulk) setTree(ctx context.Context, owner *pgx.Conn) error {
	units := max(8, b.files/filesOfUnit)
	counties := max(4, (units+unitsOfCounty-1)/unitsOfCounty)
	cities := max(2, (counties+countiesOfCity-1)/countiesOfCity)
	chance := rand.New(rand.NewPCG(20261125, uint64(b.files)))
	var top int64
	if err := owner.QueryRow(ctx, `
		-- seed.top
		SELECT id FROM staff_org WHERE parent_id IS NULL ORDER BY id LIMIT 1`).Scan(&top); err != nil {
		return err
	}
	t := &offices{units: make([][]*office, counties)}
	b.tree = t
	lastOrg, lastStaff := b.lastID["staff_org"], b.lastID["staff_member"]
	newOffice := func(o office, parent string) *office {
		lastOrg++
		o.id, o.path = lastOrg, fmt.Sprintf("%s%d/", parent, lastOrg)
		return &o
	}
	hire := func(username string, role work.Role, org int64) person {
		lastStaff++
		p := person{id: lastStaff, username: username, role: role, org: org, name: familyName(chance) + givenName(chance, idcard.Sex(pickOf(chance, []string{"male", "female"})), 40)}
		t.people = append(t.people, p)
		return p
	}
	root := fmt.Sprintf("/%d/", top)
	for _, p := range []struct {
		name string
		role work.Role
	}{{"supervisor", staff.Supervisor}, {"auditor", staff.Auditor}, {"clerk", staff.Caseworker}} {
		hire("prov-"+p.name, p.role, top)
	}
	for c := range cities {
		place := placeFirst[c%len(placeFirst)] + placeLast[(c*7+3)%len(placeLast)]
		o := newOffice(office{parent: top, level: staff.City, code: fmt.Sprintf("YS%02d", 10+c), name: place + "市总工会", district: fmt.Sprintf("53%02d00", 40+c)}, root)
		t.above = append(t.above, o)
		hire(fmt.Sprintf("city%d-supervisor", 10+c), staff.Supervisor, o.id)
		hire(fmt.Sprintf("city%d-auditor", 10+c), staff.Auditor, o.id)
	}
	for k := range counties {
		city := t.above[k%cities]
		place := placeFirst[(k*11+5)%len(placeFirst)] + placeLast[(k/len(placeFirst)+k*3)%len(placeLast)]
		o := newOffice(office{parent: city.id, level: staff.County, code: fmt.Sprintf("%s%02d", city.code, 1+k/cities), name: place + "县总工会困难职工帮扶中心",
			employer: place, district: fmt.Sprintf("%s%02d", city.district[:4], 1+k/cities)}, city.path)
		login := strings.ToLower(o.code)
		for i := range o.clerks {
			o.clerks[i] = hire(fmt.Sprintf("%s-clerk%d", login, i+1), staff.Caseworker, o.id)
		}
		o.head, o.officer = hire(login+"-supervisor", staff.Supervisor, o.id), hire(login+"-officer", staff.Officer, o.id)
		t.counties = append(t.counties, o)
	}
	for u := range units {
		county := t.counties[u%counties]
		n := u / counties
		name := county.employer + brands[(n*7+u)%len(brands)] + trades[(n*3+u/5)%len(trades)]
		o := newOffice(office{parent: county.id, level: staff.Unit, code: fmt.Sprintf("%s%03d", county.code, n+1), name: name + "工会", employer: name, district: county.district}, county.path)
		o.clerks[0] = hire(strings.ToLower(o.code), staff.Caseworker, o.id)
		t.units[u%counties] = append(t.units[u%counties], o)
	}
	return b.copyTree(ctx, owner)
}

// copyTree writes the organisations, each level after the one above it, and their people.
func (b *bulk) copyTree(ctx context.Context, owner *pgx.Conn) error {
	orgs := table{"staff_org", "id, parent_id, level, code, name, district, phone, path"}
	level := func(some []*office) error {
		var l lines
		for _, o := range some {
			l.row(o.id, o.parent, string(o.level), o.code, o.name, o.district, "0879-2"+fmt.Sprintf("%06d", o.id%1000000), "")
		}
		return copyOnce(ctx, owner, orgs, &l)
	}
	for _, some := range append([][]*office{b.tree.above, b.tree.counties}, b.tree.units...) {
		if err := level(some); err != nil {
			return err
		}
	}
	var members, roles lines
	at := b.start.AddDate(0, -1, 0)
	for _, p := range b.tree.people {
		members.row(p.id, p.org, p.username, p.name, b.hash, at)
		roles.row(p.id, string(p.role), at)
	}
	if err := copyOnce(ctx, owner, table{"staff_member", "id, org_id, username, name, password_hash, created_at"}, &members); err != nil {
		return err
	}
	return copyOnce(ctx, owner, table{"staff_role", "staff_id, role, granted_at"}, &roles)
}

// place gives the office of a household: three of ten at the county, the others at its units. local counts the
// households of the office, common those of the county.
func (t *offices) place(i int) (at, county *office, local, common int) {
	k := i % len(t.counties)
	county, common = t.counties[k], i/len(t.counties)
	units, tens, r := t.units[k], common/10, common%10
	if r < 3 || len(units) == 0 {
		return county, county, tens*3 + r, common
	}
	n := tens*7 + r - 3
	return units[n%len(units)], county, n / len(units), common
}
