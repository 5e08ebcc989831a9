package exit

// Advance is what an act writes that read the exit a moment ago.
var Advance = advance
