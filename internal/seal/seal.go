// Package seal encrypts single fields and files, and makes keyed digests of them.
//
// Sealed data carries its version, suite and key id, so that keys are changed and
// suites are switched without touching what is already stored. The context, named
// "table.column" or with the row behind it, is authenticated but not stored: sealed
// bytes that are moved to another column do not open there.
//
// The envelope, in this order:
//
//	1 byte   version, 1
//	1 byte   suite: 1 AES-256-GCM, 2 SM4-GCM
//	4 bytes  key id, big endian
//	12 bytes nonce, random
//	n bytes  the sealed data, as long as the plain
//	16 bytes tag over all of it and the context
//
// Source rule: 密码法 and GB/T 39786 ask for the 国密 suite where a system is assessed;
// elsewhere the international one holds. Both pass the same tests.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Suite names a set of ciphers in the configuration and in the key file.
type Suite string

// The two suites.
const (
	Intl Suite = "intl" // AES-256-GCM, HMAC-SHA-256
	GM   Suite = "gm"   // SM4-GCM, HMAC-SM3
)

// Overhead is the number of bytes by which sealed data is longer than the plain.
const Overhead = headerSize + nonceSize + tagSize

const (
	version    = 1
	headerSize = 6
	nonceSize  = 12
	tagSize    = 16
	digestSize = 32
)

var (
	// ErrBroken says that data cannot be opened: it was changed, cut, sealed for another
	// context, or sealed with a key that is not in the key file. Which of these it is
	// stays unsaid, so that nobody can probe.
	ErrBroken = errors.New("seal: data does not open with these keys for this context")
	// ErrContext says that the context is empty, a mistake of the program.
	ErrContext = errors.New("seal: empty context")
)

// Keys seals and opens with the keys of one file. It does not change and is safe for use
// by several goroutines.
type Keys struct {
	suite   Suite
	current uint32
	aeads   map[uint32]sealer
	hash    func() hash.Hash
	index   []byte
	mac     []byte
	created bool

	indexing, signing sync.Pool // hashes begun with the key: beginning one costs as much as using it
}

// sealer is one key, ready for use.
type sealer struct {
	code byte // the suite in the envelope
	aead cipher.AEAD
}

// Suite gives the suite that new data is sealed with.
func (k *Keys) Suite() Suite { return k.suite }

// Created says that Open found no file and made a new one. A program whose database
// holds sealed data must stop then: the file was lost or the path is wrong.
func (k *Keys) Created() bool { return k.created }

// Seal encrypts plain with the current key, bound to the context. The answer is Overhead
// bytes longer and different each time; the only error is ErrContext. Nonces are random: after 2^32 data of one key
// (decades of a centre's work) the key should be changed, see Rotate.
func (k *Keys) Seal(plain []byte, context string) ([]byte, error) {
	if context == "" {
		return nil, ErrContext
	}
	key := k.aeads[k.current]
	sealed := make([]byte, headerSize+nonceSize, len(plain)+Overhead)
	sealed[0], sealed[1] = version, key.code
	binary.BigEndian.PutUint32(sealed[2:], k.current)
	nonce := sealed[headerSize:]
	rand.Read(nonce) // never fails: the runtime stops the program first
	return key.aead.Seal(sealed, nonce, plain, associated(sealed, context)), nil
}

// Unseal gives the plain bytes of what Seal gave for the same context, with whichever key
// of the file it was sealed, or ErrBroken.
func (k *Keys) Unseal(sealed []byte, context string) ([]byte, error) {
	if context == "" {
		return nil, ErrContext
	}
	if len(sealed) < Overhead || sealed[0] != version {
		return nil, ErrBroken
	}
	key, ok := k.aeads[binary.BigEndian.Uint32(sealed[2:])]
	if !ok || key.code != sealed[1] {
		return nil, ErrBroken
	}
	nonce, body := sealed[headerSize:headerSize+nonceSize], sealed[headerSize+nonceSize:]
	plain, err := key.aead.Open(nil, nonce, body, associated(sealed, context))
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// associated is what the tag covers besides the data: the header, of fixed length, then the context.
func associated(sealed []byte, context string) []byte {
	return append(sealed[:headerSize:headerSize], context...)
}

// Index gives a keyed digest of 32 bytes by which equal values of one context are found
// without being readable (a blind index). The caller brings the value into one form first.
// Its key never changes with Rotate, so stored digests stay good.
func (k *Keys) Index(value, context string) []byte {
	return k.digest(&k.indexing, k.index, []byte(value), context)
}

// MAC gives a keyed digest of 32 bytes that shows later that data is unchanged, as for
// the audit trail and form keys. Compare with hmac.Equal. Its key never changes with Rotate.
func (k *Keys) MAC(data []byte, context string) []byte {
	return k.digest(&k.signing, k.mac, data, context)
}

// digest runs HMAC over the length of the context, the context and the data, so that no
// two pairs run together.
func (k *Keys) digest(begun *sync.Pool, key, data []byte, context string) []byte {
	h, ok := begun.Get().(hash.Hash)
	if !ok {
		h = hmac.New(k.hash, key)
	}
	defer begun.Put(h)
	h.Reset()
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(context))))
	h.Write([]byte(context))
	h.Write(data)
	return h.Sum(nil)
}

// Format keeps keys out of every print and log.
func (k *Keys) Format(f fmt.State, _ rune) { io.WriteString(f, "seal.Keys") }

// suites is what each suite is made of.
var suites = map[Suite]struct {
	code    byte
	keySize int
	block   func(key []byte) (cipher.Block, error)
	hash    func() hash.Hash
}{
	Intl: {code: 1, keySize: 32, block: aes.NewCipher, hash: sha256.New},
	GM:   {code: 2, keySize: 16, block: sm4.NewCipher, hash: sm3.New},
}

func newSealer(suite Suite, key []byte) (sealer, error) {
	s, ok := suites[suite]
	if !ok {
		return sealer{}, fmt.Errorf("unknown suite %q", suite)
	}
	if len(key) != s.keySize {
		return sealer{}, fmt.Errorf("a key of suite %s has %d bytes, not %d", suite, s.keySize, len(key))
	}
	block, err := s.block(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return sealer{}, err
	}
	return sealer{code: s.code, aead: aead}, nil
}
