package grant

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// List is one of the lists of applications.
type List string

// The lists (ux.md U35).
const (
	Waiting List = "waiting" // 待我处理: the longest waiting first
	Done    List = "done"    // 我已处理: the newest first
	All     List = "all"     // 全部 in the scope: the newest first
)

// Lists lists the lists in the order of the page.
var Lists = []List{Waiting, Done, All}

// Key gives the word of the list.
func (l List) Key() words.Key { return words.Key("grant.list." + string(l)) }

// Item is an application in a list.
type Item struct {
	ID         ApplicationID
	File       work.FileID
	FileNumber string
	FileState  casefile.State
	HeadName   string
	Office     string
	Programme  Programme
	Cause      casefile.Cause
	Amount     money.Amount
	WindowSum  money.Amount
	Tier       Tier
	State      State
	Step       Step
	Round      int
	WaitingAt  time.Time
	EnteredAt  time.Time
	Split      bool // alone it would belong to a lower tier: earlier requests of the household lift it
}

// Flag is something to look out for.
type Flag string

// The flags.
const (
	FlagSplit    Flag = "split"    // 拆分疑似
	FlagAgain    Flag = "again"    // second round or later
	FlagInactive Flag = "inactive" // the worker file is not active (any more)
)

// Key gives the word of the flag.
func (f Flag) Key() words.Key { return words.Key("grant.flag." + string(f)) }

// Flags lists what to look out for.
func (i Item) Flags() []Flag {
	var flags []Flag
	if i.Split {
		flags = append(flags, FlagSplit)
	}
	if i.Round > 1 {
		flags = append(flags, FlagAgain)
	}
	if i.FileState != casefile.Active {
		flags = append(flags, FlagInactive)
	}
	return flags
}

// Total is what a list holds, whatever page of it is shown.
type Total struct {
	Count int
	Sum   money.Amount
}

// Inbox gives up to limit applications of one of the person's lists, after the one named (zero: from the top). Ask for
// one more than is shown to know whether more follow.
func Inbox(ctx context.Context, q work.Querier, by work.Actor, on day.Date, list List, after ApplicationID, limit int) ([]Item, error) {
	items, err := listInbox(ctx, q, by, on, list, after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing applications: %w", err)
	}
	return items, nil
}

// Count counts and adds up one of the person's lists.
func Count(ctx context.Context, q work.Querier, by work.Actor, on day.Date, list List) (Total, error) {
	total, err := countInbox(ctx, q, by, on, list)
	if err != nil {
		return Total{}, fmt.Errorf("counting applications: %w", err)
	}
	return total, nil
}

// ListOfFile gives a household's applications, the newest first.
func ListOfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Item, error) {
	items, err := listOfFile(ctx, q, scope, file)
	if err != nil {
		return nil, fmt.Errorf("listing the applications of file %d: %w", file, err)
	}
	return items, nil
}

// Queue is a row of applications that are worked through one after another.
type Queue []ApplicationID

// Around gives the neighbours of an application in the queue, zero where there is none. Of one that has left the queue
// the next is the first.
func (ids Queue) Around(id ApplicationID) (previous, next ApplicationID) {
	at := slices.Index(ids, id)
	if at > 0 {
		previous = ids[at-1]
	}
	if at+1 < len(ids) {
		next = ids[at+1]
	}
	return previous, next
}

// WaitingFor gives what waits for the person, the longest waiting first, at most 500.
func WaitingFor(ctx context.Context, q work.Querier, by work.Actor, on day.Date) (Queue, error) {
	items, err := listInbox(ctx, q, by, on, Waiting, 0, 500)
	if err != nil {
		return nil, fmt.Errorf("listing what waits: %w", err)
	}
	return queueOf(items), nil
}

func queueOf(items []Item) Queue {
	queue := make(Queue, len(items))
	for i, item := range items {
		queue[i] = item.ID
	}
	return queue
}

// Meeting is a body's agenda: everything that waits for its vote.
type Meeting struct {
	Body  Body
	Items []AgendaItem
}

// AgendaItem is one case on the agenda.
type AgendaItem struct {
	Item
	Tally  Tally
	Spoken bool // the person asking has voted
}

// Queue gives the agenda's cases in their order.
func (m Meeting) Queue() Queue {
	queue := make(Queue, len(m.Items))
	for i, item := range m.Items {
		queue[i] = item.ID
	}
	return queue
}

// FindMeeting gives the agenda of a body to one of its members; work.ErrNotFound to everybody else.
func FindMeeting(ctx context.Context, q work.Querier, by work.Actor, on day.Date, id BodyID) (Meeting, error) {
	body, err := findBody(ctx, q, id, on)
	if err != nil {
		return Meeting{}, fmt.Errorf("finding the meeting of body %d: %w", id, err)
	}
	if !body.Has(by.StaffID) || !by.Can(staff.CapGrantVote) {
		return Meeting{}, fmt.Errorf("finding the meeting of body %d: %w", id, work.ErrNotFound)
	}
	m := Meeting{Body: body}
	if m.Items, err = listAgenda(ctx, q, by, body); err != nil {
		return Meeting{}, fmt.Errorf("listing the agenda of body %d: %w", id, err)
	}
	return m, nil
}

// BodiesOf lists the bodies that the person sits in on the day.
func BodiesOf(ctx context.Context, q work.Querier, by work.Actor, on day.Date) ([]Body, error) {
	bodies, err := bodiesOf(ctx, q, by.StaffID, on)
	if err != nil {
		return nil, fmt.Errorf("listing bodies: %w", err)
	}
	return bodies, nil
}
