package staffweb_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bangfu/internal/staff"
	"bangfu/internal/staff/staffweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

const chosen = "Kettle-harbour-19"

// open is a site with the staff's pages, a first page, and a form to send too late.
func open(t *testing.T) *webtest.Site {
	t.Helper()
	s := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		k.Actor = staff.Actor
		staffweb.Routes(rs, k)
		rs.Get("/", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			_, err := fmt.Fprintf(w, "desk of %s", web.By(r).Name)
			return err
		})
		rs.Post("/notes", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			to, err := k.Do(r, func(u *work.Unit) (string, error) {
				return "/?note=" + r.PostFormValue("text"), u.Audit(r.Context(), work.Entry{Act: "staff.lock", Kind: "note", ID: 1})
			})
			if err != nil {
				return err
			}
			return web.SeeOther(w, r, to)
		})
	})
	s.Set(sample.Admin, func(u *work.Unit) {
		known, err := staff.Know(t.Context(), chosen)
		if err == nil {
			err = staff.SetKnown(t.Context(), u, sample.Clerk.StaffID, known)
		}
		if err == nil {
			err = staff.SetKnown(t.Context(), u, sample.Clerk2.StaffID, known)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	return s
}

func TestSignInAndOut(t *testing.T) {
	s := open(t)
	v := s.Nobody()
	page := v.Get("/me?x=1").Is(200).Says("登录", "用户名", "English")
	if page.Path != "/signin?to=%2Fme%3Fx%3D1" {
		t.Errorf("asked at %s", page.Path)
	}
	page = page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": "wrong"}).Is(422).Says("用户名或密码不对", "4 次").SaysNot("wrong\"")
	page = page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": chosen}).Is(200).Says("我的账号", "何敏")
	if page.Path != "/me?x=1" {
		t.Errorf("led to %s", page.Path)
	}
	v.Get("/signin").Is(200).Says("desk of 何敏")
	out := v.Send(page.Request("退出", nil))
	if out.Code != http.StatusSeeOther || out.Header.Get("Clear-Site-Data") == "" {
		t.Errorf("sign-out: %d, %v", out.Code, out.Header)
	}
	if p := v.Get("/me"); !strings.HasPrefix(p.Path, "/signin") {
		t.Errorf("after sign-out at %s", p.Path)
	}
	v.Get(out.Header.Get("Location")).Says("您已退出")
	v.Send(page.Request("退出", nil)).Is(303)
}

func TestSignInIsInEnglishToo(t *testing.T) {
	open(t).Nobody().In(words.English).Get("/signin").Is(200).Says("Sign in", "User name", "中文").SaysNot("⟦")
}

func TestTheToken(t *testing.T) {
	s := open(t)
	v := s.Nobody()
	page := v.Get("/signin")
	r := page.Request("登录", nil, webtest.Fill{"用户名": "clerk", "密码": chosen})
	r.AddCookie(&http.Cookie{Name: s.Kit.Sessions.Cookie.Name, Value: "fixed-by-somebody-else"})
	answer := v.Send(r).Is(303)
	if cookie := answer.Header.Get("Set-Cookie"); !strings.Contains(cookie, "bangfu=") || strings.Contains(cookie, "fixed-by") ||
		!strings.Contains(cookie, "HttpOnly") {
		t.Errorf("cookie %q", cookie)
	}
}

func TestOnlyLocalPages(t *testing.T) {
	s := open(t)
	for _, to := range []string{"https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"} {
		page := s.Nobody().Get("/signin?to=" + strings.ReplaceAll(to, "/", "%2F")).Is(200)
		if p := page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": chosen}); p.Path != "/" {
			t.Errorf("%s led to %s", to, p.Path)
		}
		if p := page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": chosen, "to": to}); p.Path != "/" {
			t.Errorf("%s put into the form led to %s", to, p.Path)
		}
	}
}

func TestTheLockIsTold(t *testing.T) {
	s := open(t)
	v := s.Nobody()
	page := v.Get("/signin")
	for range 4 {
		page = page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": "wrong"}).Is(422)
	}
	page = page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": "wrong"}).Is(429).Says("2026-11-22 10:10")
	page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": chosen}).Is(429)
	s.Now = s.Now.Add(10 * time.Minute)
	page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": chosen}).Is(200).Says("desk of 何敏")
	page = v.Get("/signin") // signed in: goes on
	page.Says("desk of 何敏")
	s.Nobody().Get("/signin").Press("登录", webtest.Fill{"用户名": "", "密码": ""}).Is(422).Says("请填写用户名", "请填写密码")
}

func TestALateFormIsSentAfterSigningIn(t *testing.T) {
	s := open(t)
	_, rest, _ := strings.Cut(string(s.As(sample.Clerk).Get("/me").Is(200).Body), `name="form_key" value="`)
	key, _, _ := strings.Cut(rest, `"`)
	late := func(v *webtest.Visitor) *webtest.Page {
		r := httptest.NewRequest("POST", "/notes", strings.NewReader("form_key="+key+"&text=kept-words"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return v.Send(r)
	}
	other := s.Nobody()
	late(other).Is(401).Press("登录", webtest.Fill{"用户名": "clerk2", "密码": chosen}).Is(200).SaysNot("接着提交")
	other.Get("/signin/kept").SaysNot("kept-words", "提交刚才的内容")
	page := late(s.Nobody()).Is(401).Says("请重新登录", "已保留").SaysNot("kept-words")
	page = page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": "wrong"}).Is(422)
	page = page.Press("登录", webtest.Fill{"用户名": "clerk", "密码": chosen}).Is(200).Says("接着提交", "1 项")
	if page = page.Press("提交刚才的内容"); page.Path != "/?note=kept-words" {
		t.Errorf("led to %s", page.Path)
	}
}

func TestAPasswordIsNotKept(t *testing.T) {
	s := open(t)
	r := httptest.NewRequest("POST", "/me/password", strings.NewReader("present=a&password=b&again=b"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.Nobody().Send(r).Is(401).SaysNot(`name="kept"`)
}

var oncePattern = regexp.MustCompile(`[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}`)

func TestFromBeingAddedToWorking(t *testing.T) {
	s := open(t)
	admin := s.As(sample.Admin)
	page := admin.Get("/staff").Is(200).Says("clerk", "何敏", "经办人").Link("添加人员").Is(200)
	page.Press("添加并生成", webtest.Fill{"姓名": "方晴"}).Is(422).Says("请填写用户名", "请选择岗位")
	page.Press("添加并生成", webtest.Fill{"姓名": "方晴", "用户名": "clerk", "经办人": "yes"}).Is(422).Says("已被使用")
	page = page.Press("添加并生成", webtest.Fill{"姓名": "方晴", "用户名": "newcomer", "经办人": "yes"}).Is(200).Says("已添加方晴", "2026-11-25 10:00")
	once := oncePattern.FindString(page.Text())
	if once == "" {
		t.Fatalf("no one-time password: %s", page.Text())
	}
	admin.Get(page.Path).Is(200).SaysNot(once)

	v := s.Nobody()
	in := v.Get("/me").Press("登录", webtest.Fill{"用户名": "newcomer", "密码": once}).Is(200).Says("请先设置自己的密码")
	if in.Path != "/me/password" {
		t.Fatalf("led to %s", in.Path)
	}
	if p := v.Get("/staff/9201"); p.Code != 403 {
		t.Errorf("a caseworker at the people's pages: %d", p.Code)
	}
	if p := v.Get("/"); p.Path != "/me/password" {
		t.Errorf("round the forced change to %s", p.Path)
	}
	in.Press("保存新密码", webtest.Fill{"现在的密码": once, "新密码": chosen, "再次输入新密码": chosen + "x"}).Is(422).Says("不一致")
	in.Press("保存新密码", webtest.Fill{"现在的密码": once, "新密码": "newcomer-2026", "再次输入新密码": "newcomer-2026"}).Is(422).Says("不能包含用户名")
	in.Press("保存新密码", webtest.Fill{"现在的密码": "no", "新密码": chosen, "再次输入新密码": chosen}).Is(422).Says("现在的密码不对")
	in.Press("保存新密码", webtest.Fill{"现在的密码": once, "新密码": chosen, "再次输入新密码": chosen}).Is(200).Says("desk of 方晴")

	page = page.Press("停用账号").Is(200).Says("已停用")
	if p := v.Get("/"); !strings.HasPrefix(p.Path, "/signin") {
		t.Errorf("a deactivated person at %s", p.Path)
	}
	page = page.Press("恢复账号").Is(200).Says("正常")
	page.Press("重置密码").Is(200).Says("密码已重置", "一次性密码")
}

func TestRolesArePutRight(t *testing.T) {
	s := open(t)
	admin := s.As(sample.Admin)
	page := admin.Get("/staff/9201").Is(200)
	page.Press("保存岗位").Is(422).Says("岗位没有变化")
	page.Press("保存岗位", webtest.Fill{"系统管理员": "yes"}).Is(422).Says("不能兼任")
	page.Press("保存岗位", webtest.Fill{"领导组成员": "yes"}).Is(200).Says("岗位已保存", "经办人、领导组成员")
	admin.Get("/staff/9218").Is(200).Says("自己的账号").SaysNot("保存岗位")
	admin.Get("/staff/9222").Is(404)
	admin.Get("/staff/9201x").Is(404)
}

func TestOfficesAndBodies(t *testing.T) {
	s := open(t)
	admin := s.As(sample.Admin)
	page := admin.Get("/staff/orgs").Is(200).Says("青石纺织厂工会").SaysNot("白河县").Link("添加下级机构")
	fill := webtest.Fill{"机构名称": "青石机械厂工会", "机构代码": "qsjx", "行政区划代码": "539901", "电话": "0879-2100103", "级别": "基层单位"}
	page.Press("添加机构", fill).Is(422).Says("大写字母或数字")
	fill["机构代码"] = "QSJX"
	page.Press("添加机构", fill).Is(200).Says("已添加青石机械厂工会")

	page = admin.Get("/staff/bodies").Is(200).Says("马骏", "困难职工帮扶领导组").Link("困难职工帮扶领导组").Is(200).Says("钱江", "2026-01-01")
	page = page.Press("登记离任", webtest.Fill{"leaver": "9209", "until": "2026-11-22"}).Is(200).Says("已登记离任", "已离任")
	page = page.Press("登记到任", webtest.Fill{"member": "9209", "since": "2026-11-22", "head": "yes"}).Is(422).Says("领导组组长")
	page = page.Press("登记到任", webtest.Fill{"member": "9209", "since": "2026-11-22", "head": ""}).Is(200).Says("已登记到任")
	page.Press("登记离任", webtest.Fill{"leaver": "9209", "until": "2026-11-23"}).Is(422).Says("不能晚于今天")
	admin.Get("/staff/bodies/new").Press("设立组织", webtest.Fill{"名称": "另一个领导组", "类型": "领导组"}).Is(422).Says("已有同类组织")
}

func TestHelp(t *testing.T) {
	s := open(t)
	stranger := s.Nobody().Get("/help").Is(200).Says("使用帮助", "一户困难职工，从登记到退出", "经办人、审核人").SaysNot("⟦")
	if slices.Contains(stranger.Links(), "/visits") {
		t.Error("the help leads somebody who is not signed in to the visits")
	}
	clerk := s.As(sample.Clerk).Get("/help").Links()
	if !slices.Contains(clerk, "/visits") || slices.Contains(clerk, "/files?list=to_judge") {
		t.Errorf("the help leads a caseworker to %v", clerk)
	}
	s.As(sample.Clerk).Get("/help/duties").Is(200).Says("签发每一笔救助").SaysNot("⟦")
}
