// Package staffweb answers the pages of package staff: signing in and out, one's own account, people, offices, bodies
// and the help pages. Start reading at Routes, then signin.go.
package staffweb

import (
	"encoding/base64"
	"net/http"

	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/staffpage"
	"bangfu/templates/ui"
)

// Handlers answers the pages of package staff.
type Handlers struct{ *web.Kit }

// Routes declares the addresses. It also takes over the forms that are sent after their session has ended.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	k.Expired = h.late

	rs.PublicGet(web.SignInPath, h.getSignIn)
	rs.PublicPost(web.SignInPath, h.postSignIn)
	rs.PublicPost(layout.SignOutPath, h.postSignOut) // also for a person who must first change a password
	rs.Get(staffpage.KeptPath, staff.CapDesk, h.getKept)
	rs.PublicGet(layout.HelpPath, h.getHelp)
	rs.PublicGet(layout.DutiesPath, h.getDuties)

	rs.Get(staffpage.MePath, staff.CapDesk, h.getMe)
	rs.Get(staffpage.PasswordPath, staff.CapDesk, h.getPassword)
	rs.Post(staffpage.PasswordPath, staff.CapDesk, h.postPassword)

	rs.Get(staffpage.MyRelativesPath, staff.CapDesk, h.getMyRelatives)
	rs.Post(staffpage.MyRelativesPath, staff.CapDesk, h.postMyRelative)
	rs.Get(staffpage.RelativesPath, staff.CapRelativeConfirm, h.getRelatives)
	rs.Get("/staff/relatives/{relative}", staff.CapRelativeConfirm, h.getRelative)
	rs.Post("/staff/relatives/{relative}/decision", staff.CapRelativeConfirm, h.postRelativeDecision)
	rs.Post("/staff/relatives/{relative}/end", staff.CapRelativeConfirm, h.postRelativeEnd)

	rs.Get(staffpage.PeoplePath, staff.CapStaffManage, h.getPeople)
	rs.Get(staffpage.AddPath, staff.CapStaffManage, h.getAdd)
	rs.Post(staffpage.AddPath, staff.CapStaffManage, h.postAdd)
	rs.Get("/staff/{member}", staff.CapStaffManage, h.getMember)
	rs.Post("/staff/{member}/roles", staff.CapStaffManage, h.postRoles)
	rs.Post("/staff/{member}/password", staff.CapStaffManage, h.postReset)
	rs.Post("/staff/{member}/deactivation", staff.CapStaffManage, h.postDeactivation)
	rs.Post("/staff/{member}/activation", staff.CapStaffManage, h.postActivation)

	rs.Get(staffpage.OrgsPath, staff.CapStaffManage, h.getOrgs)
	rs.Get(staffpage.AddOrgPath, staff.CapStaffManage, h.getAddOrg)
	rs.Post(staffpage.AddOrgPath, staff.CapStaffManage, h.postAddOrg)
	rs.Get(staffpage.BodiesPath, staff.CapStaffManage, h.getBodies)
	rs.Get(staffpage.AddBodyPath, staff.CapStaffManage, h.getAddBody)
	rs.Post(staffpage.AddBodyPath, staff.CapStaffManage, h.postAddBody)
	rs.Get("/staff/bodies/{body}", staff.CapStaffManage, h.getBody)
	rs.Post("/staff/bodies/{body}/seats", staff.CapStaffManage, h.postSeat)
	rs.Post("/staff/bodies/{body}/seats/end", staff.CapStaffManage, h.postSeatEnd)
}

// home is the first crumb of every page here.
var home = layout.Crumb{Key: "layout.home", Path: "/"}

// page starts a page below others.
func (h *Handlers) page(r *http.Request, crumbs []layout.Crumb, title words.Key, args ...any) layout.Page {
	p := h.Page(r, title, args...)
	p.Crumbs = append([]layout.Crumb{home}, crumbs...)
	return p
}

// Crumbs of the people's pages.
var (
	underPeople = []layout.Crumb{{Key: "staff.people_title", Path: staffpage.PeoplePath}}
	underOrgs   = []layout.Crumb{{Key: "staff.orgs_title", Path: staffpage.OrgsPath}}
	underBodies = []layout.Crumb{{Key: "staff.bodies_title", Path: staffpage.BodiesPath}}
)

const onceContext = "staffweb.once"

// onceKey names the one-time password that waits in the session for the next page.
const onceKey = "once"

// keepOnce leaves a one-time password for the next page of the same browser, sealed: sessions lie in the database.
func (h *Handlers) keepOnce(r *http.Request, once string) error {
	sealed, err := h.Keys.Seal([]byte(once), onceContext)
	if err != nil {
		return err
	}
	h.Sessions.Put(r.Context(), onceKey, base64.RawStdEncoding.EncodeToString(sealed))
	return nil
}

// takeOnce gives the one-time password that was left, once.
func (h *Handlers) takeOnce(r *http.Request) (string, error) {
	kept := h.Sessions.PopString(r.Context(), onceKey)
	if kept == "" {
		return "", nil
	}
	sealed, err := base64.RawStdEncoding.DecodeString(kept)
	if err != nil {
		return "", err
	}
	once, err := h.Keys.Unseal(sealed, onceContext)
	return string(once), err
}

// getHelp answers the page of help.
func (h *Handlers) getHelp(w http.ResponseWriter, r *http.Request) error {
	return h.Render(w, r, http.StatusOK, staffpage.Help(h.page(r, nil, "staff.help_title"), web.By(r)))
}

// getDuties answers the page that says which role can do what.
func (h *Handlers) getDuties(w http.ResponseWriter, r *http.Request) error {
	p := h.page(r, []layout.Crumb{{Key: "staff.help_title", Path: layout.HelpPath}}, "staff.duties_title")
	p.Lead = "staff.duties_lead"
	return h.Render(w, r, http.StatusOK, staffpage.Duties(p))
}

// add is a button beside the heading.
func add(key words.Key, href string) []ui.Btn { return []ui.Btn{{Key: key, Href: href}} }
