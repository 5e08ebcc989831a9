package casefile

// CoverFields and PersonFields list the fields that Compare knows.
func CoverFields() []string  { return names(coverFields) }
func PersonFields() []string { return names(personFields) }

func names(fields []field) []string {
	var all []string
	for _, f := range fields {
		all = append(all, f.name)
	}
	return all
}

// Canonical is canonical.
var Canonical = canonical
