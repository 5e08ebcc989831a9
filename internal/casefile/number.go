package casefile

import (
	"fmt"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
)

// NumberIndex gives the sealed index of an ID number, as it stands in casefile_person.id_index: by it a person is found
// who comes back from another office.
func NumberIndex(keys *seal.Keys, number idcard.Number) []byte {
	return keys.Index(string(number), numberContext)
}

// OpenNumber opens an ID number as it is sealed in casefile_person.id_sealed. Whoever calls it answers for where the
// number goes, and leaves an entry in the trail.
func OpenNumber(keys *seal.Keys, sealed []byte) (idcard.Number, error) {
	number, err := keys.Unseal(sealed, numberContext)
	if err != nil {
		return "", fmt.Errorf("opening an ID number: %w", err)
	}
	return idcard.Number(number), nil
}
