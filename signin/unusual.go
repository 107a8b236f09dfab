package signin

import (
	"net/netip"
	"strings"
	"time"
)

// Arrival is what is known of somebody who has just shown the right password.
type Arrival struct {
	Known     bool     // the device is
	Address   string   // whence
	Addresses []string // whence the person's known devices came last; none: nothing is known yet
	At        time.Time
}

// zone is the one in which the hours of a day are counted.
var zone = time.FixedZone("UTC+8", 8*3600)

// Unusual reports whether an arrival is out of the ordinary: a device that is not known, from a
// network from which none of the person's devices came, outside the usual hours. Where nothing is
// known of a person yet, nothing is out of the ordinary.
func (s Settings) Unusual(a Arrival) bool {
	if a.Known || len(a.Addresses) == 0 || s.usualHour(a.At.In(zone).Hour()) {
		return false
	}
	network := NetworkOf(a.Address)
	for _, known := range a.Addresses {
		if NetworkOf(known) == network {
			return false
		}
	}
	return true
}

func (s Settings) usualHour(hour int) bool {
	if s.HourFrom < s.HourUntil {
		return s.HourFrom <= hour && hour < s.HourUntil
	}
	return hour >= s.HourFrom || hour < s.HourUntil
}

// NetworkOf is the range that an address lies in: what one office or one customer of a provider has.
func NetworkOf(text string) string {
	address, err := netip.ParseAddr(text)
	if err != nil {
		return text
	}
	bits := 24
	if address = address.Unmap(); address.Is6() {
		bits = 48
	}
	network, err := address.Prefix(bits)
	if err != nil {
		return text
	}
	return network.String()
}

// browsers and systems in the order in which their marks are looked for: most browsers name others too.
var (
	browsers = [][2]string{
		{"MicroMessenger", "WeChat"}, {"DingTalk", "DingTalk"}, {"HuaweiBrowser", "Huawei Browser"}, {"Edg", "Edge"}, {"OPR/", "Opera"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systems = [][2]string{
		{"HarmonyOS", "HarmonyOS"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	}
)

// Family is the browser and the system that a client says it is, such as "Chrome · Windows"; empty for
// one that says neither. It names a device to people and decides nothing.
func Family(agent string) string {
	var parts []string
	for _, list := range [][][2]string{browsers, systems} {
		for _, one := range list {
			if strings.Contains(agent, one[0]) {
				parts = append(parts, one[1])
				break
			}
		}
	}
	return strings.Join(parts, " · ")
}
