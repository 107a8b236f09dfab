package watch

import (
	"encoding/binary"
	"slices"
	"sort"

	"guan/policy"
)

// sample counts different records in little memory (Gibbons' distinct sampling): it keeps the hashes
// that end in Level zero bits, and doubles Level when there are too many. Up to its limit it is exact;
// a record beyond it counts 2^Level or nothing.
type sample struct {
	Level uint8  `json:"l,omitempty"`
	Set   []byte `json:"s,omitempty"` // hashes in their order, four bytes each
}

// add takes a record in. It returns for how many new records it stands: 0 for one that is known.
func (s *sample) add(hash uint32, most int) int64 {
	if hash&(1<<s.Level-1) != 0 {
		return 0
	}
	at, found := s.find(hash)
	if found {
		return 0
	}
	s.Set = slices.Insert(s.Set, at*4, binary.BigEndian.AppendUint32(nil, hash)...)
	for len(s.Set)/4 > most {
		s.Level++
		kept := s.Set[:0]
		for i := 0; i < len(s.Set); i += 4 {
			if binary.BigEndian.Uint32(s.Set[i:])&(1<<s.Level-1) == 0 {
				kept = append(kept, s.Set[i:i+4]...)
			}
		}
		s.Set = kept
	}
	return 1 << s.Level
}

func (s *sample) find(hash uint32) (int, bool) {
	n := len(s.Set) / 4
	at := sort.Search(n, func(i int) bool { return binary.BigEndian.Uint32(s.Set[i*4:]) >= hash })
	return at, at < n && binary.BigEndian.Uint32(s.Set[at*4:]) == hash
}

func (s *sample) has(hash uint32) bool {
	_, found := s.find(hash)
	return found
}

// count estimates how many different records there were.
func (s *sample) count() int64 { return int64(len(s.Set)/4) << s.Level }

// hashOf spreads a record over 32 bits (the finaliser of splitmix64).
func hashOf(kind policy.Kind, id policy.ID) uint32 {
	x := uint64(id)
	for _, c := range []byte(kind) {
		x = (x ^ uint64(c)) * 0x100000001b3
	}
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return uint32(x ^ x>>31)
}
