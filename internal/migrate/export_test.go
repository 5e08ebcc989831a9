package migrate

// What only tests need to reach.
var (
	Advice     = advice
	CheckRoles = checkRoles
	Supported  = supported
)
