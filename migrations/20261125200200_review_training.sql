-- +goose Up

-- Whom training is for, from a date on (001-79: 50岁以下的困难职工、零就业家庭的子女): heads of household younger than
-- below_age who can work, and sons and daughters of zero-employment families from child_from on who are not at school.
CREATE TABLE review_training (
    from_on    date PRIMARY KEY,
    below_age  smallint NOT NULL CHECK (below_age BETWEEN 18 AND 70),
    child_from smallint NOT NULL CHECK (child_from BETWEEN 14 AND 30),
    source     text NOT NULL CHECK (length(source) BETWEEN 2 AND 200)
);
INSERT INTO review_training (from_on, below_age, child_from, source) VALUES
    ('2000-01-01', 50, 16, '帮扶中心培训办法：50岁以下的困难职工、零就业家庭的子女');
GRANT SELECT, INSERT ON review_training TO bangfu_app;
GRANT SELECT ON review_training TO bangfu_report;
