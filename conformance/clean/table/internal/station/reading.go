// Package station reads what a station measured.
package station

// Reading is one line of a station's CSV.
type Reading struct {
	Temperature int
	Humidity    int
}
