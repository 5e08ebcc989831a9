package visitpage

import (
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/visit"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// Addresses of the programmes of visits, of the samples and of what was left out.
const (
	PlansPath     = ListPath + "/plans"
	NewPlanPath   = PlansPath + "/new"
	SamplesPath   = ListPath + "/samples"
	NewSamplePath = SamplesPath + "/new"
	CoveragePath  = ListPath + "/coverage"
	TrainingsPath = ListPath + "/trainings"
	TrainPath     = TrainingsPath + "/new"
)

// PlanPath is the address of a plan; ReportPath what it found, PlanClosingPath where it is closed.
func PlanPath(id visit.PlanID) string        { return PlansPath + "/" + number(id) }
func ReportPath(id visit.PlanID) string      { return PlanPath(id) + "/report" }
func PlanClosingPath(id visit.PlanID) string { return PlanPath(id) + "/closing" }

// StopsPath lists the open stops of a plan's team on a phone, RouteSheetPath prints them; team 0 means all.
func StopsPath(id visit.PlanID, team int) string { return PlanPath(id) + "/stops" + teamQuery(team) }
func RouteSheetPath(id visit.PlanID, team int) string {
	return PlanPath(id) + "/sheet" + teamQuery(team)
}

func teamQuery(team int) string {
	if team == 0 {
		return ""
	}
	return "?team=" + strconv.Itoa(team)
}

// TrainingPath is the address of a training.
func TrainingPath(id visit.TrainingID) string { return TrainingsPath + "/" + number(id) }

// StopPath is the address of a stop, AbsencePath where it is noted that nobody was met there.
func StopPath(id visit.StopID) string    { return ListPath + "/stops/" + number(id) }
func AbsencePath(id visit.StopID) string { return StopPath(id) + "/absence" }

// StopRecordPath is where the visit of a stop is recorded, its team filled in.
func StopRecordPath(s visit.Stop) string {
	return FollowUpPath(s.FileID, s.Purpose) + "&stop=" + number(s.ID)
}

// SamplePath is the address of a sample.
func SamplePath(id visit.SampleID) string      { return SamplesPath + "/" + number(id) }
func RedrawPath(id visit.SampleID) string      { return SamplePath(id) + "?again=yes" }
func SeedPath(id visit.SampleID) string        { return SamplePath(id) + "/seed" }
func FramePath(id visit.SampleID) string       { return SamplePath(id) + "/frame" }
func SampleSheetPath(id visit.SampleID) string { return SamplePath(id) + "/sheet" }

// number writes an id.
func number[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

// Tabs leads between the lists of visits; what waits for a visit is shown to those who visit.
func Tabs(current string, visits bool) []ui.Tab {
	all := []ui.Tab{{Key: "visit.tab.waiting", Href: ListPath}, {Key: "visit.tab.plans", Href: PlansPath},
		{Key: "visit.tab.samples", Href: SamplesPath}, {Key: "visit.tab.trainings", Href: TrainingsPath}, {Key: "visit.tab.coverage", Href: CoveragePath}}
	if !visits {
		all = all[1:]
	}
	for i := range all {
		all[i].Count, all[i].Current = -1, all[i].Href == current
	}
	return all
}

// after writes the cursor of the next page of a route.
func after(stops []visit.Stop) string {
	last := stops[len(stops)-1]
	return "t=" + strconv.Itoa(last.Team) + "&p=" + strconv.Itoa(last.Position) + "&s=" + number(last.ID)
}

// planTag says whether a plan runs.
func planTag(p visit.Plan) ui.Tag {
	if p.Closed {
		return ui.Tag{Key: "visit.plan_closed"}
	}
	return ui.Tag{Key: "visit.plan_running", Tone: ui.Info}
}

// stopTag says how far a stop is.
func stopTag(s visit.Stop, today day.Date) ui.Tag {
	switch {
	case s.State == visit.StopVisited:
		return ui.Tag{Key: s.State.Key(), Tone: ui.Good}
	case s.State == visit.StopSkipped:
		return ui.Tag{Key: s.Why.Key()}
	case s.Tries > 0:
		return ui.Tag{Key: "visit.tried", Args: []any{s.Tries}, Tone: ui.Due}
	case s.DueOn.Before(today):
		return ui.Tag{Key: "visit.stops_late", Tone: ui.Bad}
	}
	return ui.Tag{Key: s.State.Key(), Tone: ui.Info}
}

// share writes a share in per cent.
func share(permille int) string {
	text := strconv.Itoa(permille / 10)
	if permille%10 != 0 {
		text += "." + strconv.Itoa(permille%10)
	}
	return text + "%"
}

// differedKeys are the words of the items that differed last time.
func differedKeys(items []visit.Item) []words.Key {
	keys := make([]words.Key, len(items))
	for i, item := range items {
		keys[i] = item.Key()
	}
	return keys
}
