// Counts visits in a SQLite file.
package main

import (
	"database/sql"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	addr := flag.String("addr", ":8090", "where to listen")
	path := flag.String("db", "counter.db", "the database file")
	healthcheck := flag.Bool("healthcheck", false, "ask the running server, then exit")
	flag.Parse()

	if *healthcheck {
		answer, err := http.Get("http://127.0.0.1" + *addr + "/healthz")
		if err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}

	db, err := sql.Open("sqlite3", *path)
	if err != nil {
		log.Fatal(err)
	}
	schema, err := os.ReadFile("migrations/visits.sql")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec(string(schema)); err != nil {
		log.Fatal(err)
	}

	http.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		var visits int
		err := db.QueryRowContext(r.Context(), "INSERT INTO visits DEFAULT VALUES RETURNING id").Scan(&visits)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(w, "visit number %d\n", visits)
	})
	log.Fatal(http.ListenAndServe(*addr, nil))
}
