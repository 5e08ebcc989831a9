package seed

import (
	"context"
	"fmt"

	"bangfu/internal/casefile"
	"bangfu/internal/notice"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// fate is where a household's file has come to by today.
type fate int

const (
	draft      fate = iota
	unfinished      // a draft with something typed and not accepted
	discarded
	temporary // kept on record before it is registered whole
	submitted
	returnedByVisit
	visited
	visitedAgain // returned by the first visit, corrected and visited again
	returnedByAssessment
	judged
	notQualified
	refused
	assessed
	inNotice
	contested // waits for the recheck
	rechecked // waits for the judgement of the objection
	noticeAgain
	struckOff
	active
	activeAfterObjection
	closed
)

// tell turns every plan into the acts of its people.
func (c *centre) tell() {
	for _, p := range plans {
		h := c.household(p)
		c.register(h)
		c.related(h)
		c.judge(h)
		c.publish(h)
		c.grants(h)
		c.refer(h)
	}
	c.review()
	c.standards()
	c.proposedLine()
	c.pay()
	c.compare()
	c.ledgers()
	c.lists()
	c.visits()
	c.moves()
	c.censuses()
	c.receptions()
}

// first gives the two who visit first, and again the two who go after an objection.
func (h *household) first() [2]string {
	switch h.registrar {
	case "clerk2":
		return [2]string{"clerk2", "clerk"}
	case "clerk3":
		return [2]string{"clerk3", "clerk4"}
	case "unitclerk":
		return [2]string{"unitclerk", "clerk2"}
	}
	return [2]string{"clerk", "clerk2"}
}

func (h *household) again() [2]string {
	if h.registrar == "clerk3" {
		return [2]string{"clerk", "clerk2"}
	}
	return [2]string{"clerk3", "clerk4"}
}

// report is what two visitors bring back.
func (c *centre) report(u *work.Unit, visitors [2]string, remark string, differs visit.Item) visit.Report {
	r := visit.Report{VisitedOn: u.Today(), Agrees: differs == "", Remark: remark, VisitorsSigned: true, ApplicantSigned: true}
	for i, username := range visitors {
		r.Visitors[i] = c.people[username].StaffID
	}
	for _, item := range visit.Items {
		f := visit.Finding{Item: item, Agrees: item != differs}
		if !f.Agrees {
			f.Note = "户主另有临时工收入，申报表未填。"
		}
		r.Findings = append(r.Findings, f)
	}
	return r
}

// judge tells how a submitted file is visited, judged and assessed, as far as its fate goes.
func (c *centre) judge(h *household) {
	if h.fate == discarded {
		c.then(h.daysAgo-1, 16*60, h.registrar, func(ctx context.Context, u *work.Unit) error {
			return casefile.Discard(ctx, u, h.file, "职工本人放弃申请。")
		})
	}
	if h.fate <= submitted {
		return
	}
	at := h.daysAgo - 3
	wrong := h.fate == returnedByVisit || h.fate == visitedAgain
	if wrong {
		c.visit(h, h.daysAgo-2, 11*60+10, "收入填报不全，请补充后重新提交", "income")
	}
	if h.fate == visitedAgain {
		c.then(at, 12*60, h.registrar, func(ctx context.Context, u *work.Unit) error { return casefile.Submit(ctx, u, h.file) })
	}
	if h.fate == returnedByVisit {
		return
	}
	c.visit(h, at, 13*60+10, pick(c, agreed), "")
	if h.fate == visited || h.fate == visitedAgain {
		return
	}
	c.then(h.daysAgo-4, 14*60+c.between(0, 40), "supervisor", func(ctx context.Context, u *work.Unit) error {
		_, err := casefile.Judge(ctx, u, h.file, casefile.Ruling{})
		return err
	})
	if h.fate == judged || h.fate == notQualified {
		return
	}
	verdict, opinion := casefile.Pass, pick(c, passed)
	switch h.fate {
	case returnedByAssessment:
		verdict, opinion = casefile.Return, "请补充近三个月的工资流水后再提交。"
	case refused:
		verdict, opinion = casefile.Refuse, "已由所在系统工会建档，不重复建档。"
	}
	c.then(h.daysAgo-6, 15*60+c.between(0, 50), "supervisor", func(ctx context.Context, u *work.Unit) error {
		return casefile.Assess(ctx, u, h.file, verdict, opinion)
	})
}

// visit tells of a first visit; differs names what was found to differ, "" when all agreed.
func (c *centre) visit(h *household, daysAgo, minute int, remark string, differs visit.Item) {
	visitors := h.first()
	c.then(daysAgo, minute+c.between(0, 40), visitors[0], func(ctx context.Context, u *work.Unit) error {
		_, err := visit.Record(ctx, u, h.file, c.report(u, visitors, remark, differs))
		return err
	})
}

// publish tells of the public notice, of an objection to it, and of what came of that. The nights between end it.
func (c *centre) publish(h *household) {
	if h.fate <= assessed {
		return
	}
	c.then(h.daysAgo-7, 15*60+50, "officer", func(ctx context.Context, u *work.Unit) error {
		_, err := notice.Publish(ctx, u, h.file, notice.Plan{Preset: notice.SevenDays, Place: "县总工会公告栏、单位公告栏"})
		return err
	})
	switch h.fate {
	case contested, rechecked, noticeAgain, struckOff, activeAfterObjection:
		c.object(h)
	case closed:
		c.leave(h, h.daysAgo-86, left)
	case active:
		c.leave(h, map[leaving]int{exitProposed: 1, exitAgreed: 6, exitTold: 8, leftFalse: 40}[h.leaving], h.leaving)
		if h.leaving == stays && h.daysAgo > 60 {
			c.intend(h)
		}
	}
}

// object tells of an objection, the recheck by other people, and the judgement.
func (c *centre) object(h *household) {
	published := c.date(h.daysAgo - 7)
	said := notice.Said{Channel: notice.ChannelPhone, Content: "反映该户在县城另有门面出租，申报时未说明。", Contact: notice.Contact{Name: "匿名群众"}}
	if h.fate == contested {
		c.on(published.Add(2), 20*60+12, "", func(ctx context.Context, u *work.Unit) error {
			id, err := c.shown(ctx, u, h)
			if err != nil {
				return err
			}
			_, err = notice.ObjectPublic(ctx, u, c.keys, id, notice.Said{Content: "听说这家人买了新车，请核实。"})
			return err
		})
		return
	}
	c.on(published.Add(2), 16*60+5, "officer", func(ctx context.Context, u *work.Unit) error {
		list, err := notice.OfFile(ctx, u, u.By.Scope, h.file)
		if err != nil || len(list) == 0 {
			return fmt.Errorf("%d notices: %w", len(list), err)
		}
		h.notice = list[0].ID
		_, err = notice.Object(ctx, u, c.keys, h.notice, said)
		return err
	})
	found := h.fate == struckOff
	visitors := h.again()
	c.on(published.Add(4), 16*60+15, visitors[0], func(ctx context.Context, u *work.Unit) error {
		report := c.report(u, visitors, "门面系其兄所有，与申报一致。", "")
		if found {
			report = c.report(u, visitors, "名下门面一间，月租 1,800 元，未申报。", "income")
		}
		id, err := visit.Recheck(ctx, u, h.file, report)
		h.recheck = int64(id)
		return err
	})
	if h.fate == rechecked {
		return
	}
	ruling := notice.Ruling{Verdict: notice.ObjectionUnfounded, Reason: "经两名工作人员重新核查，反映情况不属实。"}
	if found {
		ruling = notice.Ruling{Verdict: notice.ObjectionUpheld, Reason: "经重新核查，未申报的租金收入属实，不符合建档条件。"}
	}
	c.on(published.Add(5), 16*60+25, "supervisor", func(ctx context.Context, u *work.Unit) error {
		objections, err := notice.Objections(ctx, u, u.By.Scope, h.notice)
		if err != nil || len(objections) == 0 {
			return fmt.Errorf("%d objections: %w", len(objections), err)
		}
		ruling.VisitID = h.recheck
		return notice.Judge(ctx, u, objections[0].ID, ruling)
	})
}

// shown gives the public row of a household's notice.
func (c *centre) shown(ctx context.Context, q work.Querier, h *household) (notice.PublicID, error) {
	list, err := notice.OfFile(ctx, q, work.Everywhere, h.file)
	if err != nil || len(list) == 0 {
		return 0, fmt.Errorf("%d notices: %w", len(list), err)
	}
	return list[0].PublicID, nil
}
