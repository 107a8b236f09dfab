package main

import (
	"fmt"
	"strconv"
	"strings"
)

// byteSize is a number of bytes as people write one: 512K, 25M, 25MB, 1G, 1048576.
type byteSize int64

// The bounds of a size that is set: less than the smallest holds no file of use, and more than the
// largest no request carries.
const (
	smallestSize byteSize = 1 << 10
	largestSize  byteSize = 1 << 30
)

// UnmarshalText reads what stands behind the flag.
func (b *byteSize) UnmarshalText(text []byte) error {
	digits := strings.ToUpper(strings.TrimSpace(string(text)))
	digits = strings.TrimSuffix(strings.TrimSuffix(digits, "B"), "I") // MB and MiB are M
	unit := byteSize(1)
	for i, letter := range []string{"K", "M", "G"} {
		if rest, ok := strings.CutSuffix(digits, letter); ok {
			digits, unit = rest, 1<<(10*(i+1))
			break
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || n < 0 || n > int64(largestSize) || byteSize(n)*unit < smallestSize || byteSize(n)*unit > largestSize {
		return fmt.Errorf("%q is no size: write one from 1K to 1G, such as 25M", string(text))
	}
	*b = byteSize(n) * unit
	return nil
}
