// Package census takes a hardship census 普查 by survey form (inventory 000-01): whoever might be in hardship fills one in.
//
// The office that takes it hands numbered blank forms to units in bundles (bundle.go). Each form comes back, or is lost;
// one that came back is entered as a registration, which keeps the form's number, or dismissed with the reason why the
// household is not in need (form.go). The census shows by unit how many are out, back and entered, and which numbers are
// missing, and ends with a conclusion (census.go). Whom to visit afterwards is a plan of package visit.
//
// Tables: census_census, census_bundle, census_form. The tables of casefile and staff are read here and written by
// their owners. Start reading at census.go.
package census
