package grant

// ListClaims is what a window is summed up from.
var ListClaims = listClaims
