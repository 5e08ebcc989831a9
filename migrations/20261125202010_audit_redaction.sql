-- +goose Up

-- Entries of the trail about a destroyed file, of which only coded facts are left. digest is the hash of what is left,
-- so that it can no more be altered than before; the digests of a file together are named in the sealed entry of its
-- destruction (audit.Verify). Written by audit_redact alone.
CREATE TABLE audit_redaction (
    entry_id bigint PRIMARY KEY REFERENCES audit_entry,
    file_id  bigint NOT NULL,
    digest   bytea NOT NULL CHECK (length(digest) = 32)
);
CREATE INDEX audit_redaction_file ON audit_redaction (file_id, entry_id);
GRANT SELECT ON audit_redaction TO bangfu_app, bangfu_report;

-- The bytes over which an entry is sealed, as package audit writes them.
-- +goose StatementBegin
CREATE FUNCTION audit_encoded(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT int8send(e.id) || string_agg(CASE WHEN c IS NULL THEN int8send(-1)
        ELSE int8send(octet_length(convert_to(c, 'UTF8'))) || convert_to(c, 'UTF8') END, ''::bytea ORDER BY place)
    FROM unnest(ARRAY[(extract(epoch FROM e.at) * 1000000)::bigint::text, e.staff_id::text, e.staff_name, e.org_id::text,
        e.address, e.act, e.kind, e.subject_id::text, e.file_id::text, e.changes::text, e.tx::text]) WITH ORDINALITY AS u (c, place)
$$;
-- +goose StatementEnd

-- Takes the words out of the entries about a file: only fields whose values are codes, sums and numbers of records stay.
-- It gives how many entries there are and the hash over their digests. Entries not yet sealed make it refuse.
-- +goose StatementBegin
CREATE FUNCTION audit_redact(file bigint, OUT entries integer, OUT trail text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM audit_pending p JOIN audit_entry e ON e.id = p.entry_id WHERE e.file_id = file) THEN
        PERFORM work_refuse('audit_unsealed', 'entries about the file are not yet sealed');
    END IF;
    UPDATE audit_entry e SET changes = coalesce((
        SELECT jsonb_agg(c.change ORDER BY c.place) FROM jsonb_array_elements(e.changes) WITH ORDINALITY AS c (change, place)
        WHERE c.change->>'field' = ANY ('{state,kind,section,category,verdict,number,amount,amount_fen,total_fen,account,terms,batch,attempt,version,lines,files,rows,row,import,paid,failed,open,file_hash}')), '[]')
    WHERE e.file_id = file;
    INSERT INTO audit_redaction (entry_id, file_id, digest)
    SELECT e.id, file, sha256(audit_encoded(e)) FROM audit_entry e WHERE e.file_id = file;
    SELECT count(*), encode(sha256(coalesce(string_agg(r.digest, ''::bytea ORDER BY r.entry_id), '')), 'hex')
    INTO entries, trail FROM audit_redaction r WHERE r.file_id = file;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION audit_redact FROM PUBLIC;
