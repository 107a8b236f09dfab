package world

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The numbers are well formed, with right check digits, and belong to nobody on purpose: the
// mobile numbers stand in blocks of zeros, the ID cards in a district that does not exist.

func staffNumber(i int) string { return fmt.Sprintf("GJ%04d", 1001+i) }

func mobile(i int) string {
	return fmt.Sprintf("%s0000%04d", []string{"138", "139", "186", "150"}[i%4], i%10_000)
}

func bankAccount(i int) string { return fmt.Sprintf("622588000000%04d", 1001+i) }

// idCard is a citizen's number of somebody born in the year, GB 11643.
func idCard(i, year int) string {
	digits := fmt.Sprintf("440399%04d%02d%02d%03d", year, i%12+1, i%28+1, i%1000)
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(digits[i]-'0') * weight
	}
	return digits + string("10X98765432"[sum%11])
}

// creditCode is a company's number, GB 32100.
func creditCode(i int) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	code := fmt.Sprintf("91440399MA5%06d", i)
	sum, weight := 0, 1
	for i := range len(code) {
		sum += strings.IndexByte(alphabet, code[i]) * weight
		weight = weight * 3 % 31
	}
	return code + string(alphabet[(31-sum%31)%31])
}

// dice is the one source of chance; the same for every company.
func dice() *rand.Rand { return rand.New(rand.NewPCG(20261102, 366)) }

// pick takes one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
