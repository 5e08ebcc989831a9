package casefile

import (
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
)

// ableSQL is Person.able as a condition on a person p.
const ableSQL = `p.left_on IS NULL AND p.birth_on <= @working_from AND p.work_status = ANY(@able::text[])
	AND p.birth_on > CASE p.sex WHEN 'female' THEN @woman_until::date ELSE @man_until::date END`

// ZeroEmploymentSQL is ZeroEmployment as a condition on a file f, for lists; its arguments are ZeroEmploymentArgs.
const ZeroEmploymentSQL = `EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND ` + ableSQL + `)
	AND NOT EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND ` + ableSQL + ` AND p.work_status <> ALL(@jobless::text[]))`

// ZeroEmploymentArgs are the arguments of ZeroEmploymentSQL on a day: working_from, woman_until, man_until, able, jobless.
func ZeroEmploymentArgs(on day.Date) pgx.NamedArgs {
	return pgx.NamedArgs{"working_from": on.AddMonths(-12 * workingAge), "woman_until": on.AddMonths(-12 * retirementWoman),
		"man_until": on.AddMonths(-12 * retirementMan), "able": slices.Concat(jobless, employed), "jobless": jobless}
}
