package casefile

// Answers is all that a file says at the moment, for those who look whether it fits together. Of a registration that is
// still written, Unsaved are the sections that say nothing yet.
type Answers struct {
	Facts   Facts // people with their numbers revealed; of the card only the holder
	Papers  []Evidence
	Missing []Requirement
	Unsaved []Section
}
