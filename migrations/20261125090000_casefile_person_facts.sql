-- +goose Up

-- The rest of what the national form asks of each person (domain.md b.2). For one who serves, contract_on is the day of
-- enlistment; district is where the head of the household is registered, six digits.
ALTER TABLE casefile_person
    ADD COLUMN district        text NOT NULL DEFAULT '' CHECK (district ~ '^([0-9]{6})?$'),
    ADD COLUMN contact_sealed  bytea,
    ADD COLUMN contact_index   bytea CHECK (length(contact_index) = 32),
    ADD COLUMN medication      text NOT NULL DEFAULT '' CHECK (length(medication) <= 200),
    ADD COLUMN condition       text NOT NULL DEFAULT '' CHECK (length(condition) <= 30),
    ADD COLUMN industry        text NOT NULL DEFAULT '' CHECK (length(industry) <= 40),
    ADD COLUMN employment_form text NOT NULL DEFAULT '' CHECK (length(employment_form) <= 30),
    ADD COLUMN contract_term   text NOT NULL DEFAULT '' CHECK (length(contract_term) <= 20),
    ADD COLUMN education       text NOT NULL DEFAULT '' CHECK (length(education) <= 30),
    ADD COLUMN enrolled_year   smallint CHECK (enrolled_year BETWEEN 1950 AND 2200),
    ADD COLUMN school_years    smallint CHECK (school_years BETWEEN 1 AND 12),
    ADD COLUMN remark          text NOT NULL DEFAULT '' CHECK (length(remark) <= 200);
GRANT SELECT (ethnicity, political, marital, registration, ownership, model_worker, condition, industry, employment_form, education)
    ON casefile_person TO bangfu_report;
