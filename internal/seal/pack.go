package seal

import (
	"encoding/base64"
	"encoding/json"
)

// Pack seals a value as a text that a form can carry away and back.
func (k *Keys) Pack(value any, context string) (string, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	sealed, err := k.Seal(plain, context)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Unpack opens what Pack gave for the same context into a pointer. Any other text is ErrBroken.
func (k *Keys) Unpack(text, context string, into any) error {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return ErrBroken
	}
	plain, err := k.Unseal(sealed, context)
	if err != nil {
		return err
	}
	if json.Unmarshal(plain, into) != nil {
		return ErrBroken
	}
	return nil
}
