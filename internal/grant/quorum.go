package grant

// Tally counts the votes of a body's members at one step of one round. Members counts all who sit in the body, also
// those who may not vote on this household because they gathered its case.
type Tally struct {
	Members   int
	Favour    int
	Against   int
	Abstained int
	Closed    bool // by the body's head
}

// Present counts the members who have voted; who abstains is present.
func (t Tally) Present() int { return t.Favour + t.Against + t.Abstained }

// Quorate tells whether at least two thirds of the members are present (issue: present ≥ 2/3; peers.md D11).
func (t Tally) Quorate() bool { return t.Members > 0 && t.Present()*3 >= t.Members*2 }

// Passed tells whether the vote has passed: two thirds of all members are in favour, so that nothing can change it,
// or the head has closed a quorate vote with two thirds of those present in favour.
func (t Tally) Passed() bool {
	if t.Members <= 0 {
		return false
	}
	return t.Favour*3 >= t.Members*2 || t.Closed && t.Quorate() && t.Favour*3 >= t.Present()*2
}

// Failed tells whether the vote has failed: more than a third of all members are not in favour, so that no vote of
// the others can make up two thirds, or the head has closed a quorate vote that did not pass.
func (t Tally) Failed() bool {
	if t.Members <= 0 {
		return false
	}
	return (t.Against+t.Abstained)*3 > t.Members || t.Closed && t.Quorate() && !t.Passed()
}
