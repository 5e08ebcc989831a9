package casefile

import "bangfu/internal/day"

// The forms changed with the generation of categories, from 2020 on (domain.md b.4); the sources name no day. What stood
// on the older forms only could be chosen up to the last day of 2019.
var (
	oldForm = day.Of(2019, 12, 31)
	newForm = day.Of(2020, 1, 1)
	never   = day.Of(1, 1, 1) // the last day of a value that the program writes and nobody chooses
)

// The code lists (domain.md b.3 to b.5).
var (
	// Political status 政治面貌.
	Political = always("political", "party", "league", "masses", "democratic", "other")
	// Marital status 婚姻状况.
	Marital = always("marital", "married", "single", "divorced", "widowed")
	// Registration is the type of household registration 户口类型.
	Registration = always("registration", "urban", "rural", "converted")
	// Health 健康状况.
	Health = always("health", "good", "ill", "disabled")
	// Illness 疾病类别.
	Illness = always("illness", "tumour_malignant", "heart", "brain", "kidney", "mental", "liver", "blood", "diabetes", "tumour",
		"spine", "hypertension", "lung", "general", "coma", "paralysis", "alzheimer", "parkinson", "neuron")
	// Disability 残疾类别; its grade is 1 (most severe) to 4.
	Disability = always("disability", "sight", "hearing", "speech", "intellect", "limb", "mental", "multiple")
	// Insurance is the medical insurance 医保状况; the older forms knew insured or not only.
	Insurance = always("insurance", "employee", "resident", "none").until(oldForm, "insured")
	// Identity says as what a person may apply 身份类别.
	Identity = always("identity", "employed", "retired", "flexible", "laid_off", "migrant", "survivor")
	// WorkStatus 工作状态; student, child and unable are for members who do not work yet or any more.
	WorkStatus = always("work_status", "on_post", "waiting", "unemployed", "retired", "veteran_retired", "sick_retired", "sick_leave",
		"internal_retired", "student", "child", "unable").until(oldForm, "migrant")
	// Ownership of the employer 单位性质.
	Ownership = always("ownership", "public", "state", "collective", "private", "foreign", "other")
	// Conditions of the enterprise 企业状况: the official list was not found; these stand in the seeds (003-42, 004-07).
	Conditions = always("condition", "normal", "loss", "stopped", "closed", "zombie", "other")
	// EmploymentForm 用工形式; no source has the official list.
	EmploymentForm = always("employment_form", "contract", "dispatched", "part_time", "seasonal", "platform", "other")
	// ContractTerm 合同期限, in classes of months.
	ContractTerm = always("contract_term", "half_year", "one_year", "two_years", "three_years", "four_years", "five_years", "open")
	// Industry 所属行业: the sections of the national classification, and what the older forms asked instead.
	Industry = always("industry", "farming", "education").
			from(newForm, "mining", "manufacturing", "energy", "construction", "wholesale_retail", "transport", "lodging_catering",
			"information", "finance", "real_estate", "leasing_business", "research", "water_environment", "resident_services",
			"health_social", "culture_sports", "public_administration", "international").
		until(oldForm, "finance_insurance", "social_services", "technology", "culture", "sports", "religion", "medical", "army",
			"state_organ", "textile", "metallurgy", "coal", "electromechanical", "electronics", "chemical", "defence", "city_building",
			"precision", "finance_trade", "pharmaceutical", "other_old")
	// ModelWorker 劳模类型.
	ModelWorker = always("model", "none", "national", "provincial", "city", "other")
	// Education 学历, the levels of GB/T 4658; of a pupil or student the one attended now.
	Education = always("education", "none", "primary", "junior", "senior", "vocational", "college", "bachelor", "postgraduate")
	// HousingKinds 住房类型.
	HousingKinds = always("housing", "self_built", "commercial", "affordable", "limited_price", "unit_public", "low_rent", "rented", "other").
			until(oldForm, "self_bought", "no_home")
	// Ethnicity 民族: the 56 of GB/T 3304 in its order, and one for the others.
	Ethnicity = always("ethnicity", "han", "mongol", "hui", "tibetan", "uygur", "miao", "yi", "zhuang", "buyei", "korean", "man", "dong",
		"yao", "bai", "tujia", "hani", "kazak", "dai", "li", "lisu", "va", "she", "gaoshan", "lahu", "sui", "dongxiang", "naxi", "jingpo",
		"kirgiz", "tu", "daur", "mulao", "qiang", "blang", "salar", "maonan", "gelao", "xibe", "achang", "pumi", "tajik", "nu", "uzbek",
		"russian", "ewenki", "deang", "bonan", "yugur", "gin", "tatar", "derung", "oroqen", "hezhen", "monba", "lhoba", "jino", "other")
	// Relations to the head of the household, without the head.
	Relations = always("relation", "spouse", "son", "daughter", "grandchild", "parent", "grandparent", "sibling", "other")
	// ExitReasons 退出原因. A file that was merged was closed by the merge; nobody chooses it.
	ExitReasons = always("exit", "out_of_hardship", "eased", "died", "retired", "moved", "false", "duplicate", "misjudged").until(never, Merged)
	// Levels of filing 建档标准. They follow from the category (Facts.Level); no rule here gives the last two, which stand in
	// older files.
	Levels = always("level", "national", "provincial", "city", "county", "grassroots")
	// Needs 帮扶需求; the official list was not found (domain.md b.5).
	Needs = always("need", "living", "medical", "schooling", "employment", "legal", "housing", "insurance", "other")
	// TargetGroups 五类重点群体, with a sixth for the others (003-38, [W6]).
	TargetGroups = always("target_group", "able_in_allowance", "below_line", "spending", "urban_migrant", "restructured", "other")
	// Measures 四个一批; the third and fourth are common knowledge, no source confirmed them.
	Measures = always("measure", "employment", "insurance", "relief", "union")
	// SpecialTicks are the special groups of 001-108 that no other fact tells.
	SpecialTicks = always("special", "old_party_member", "veteran")
)
