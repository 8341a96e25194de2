/** What verbs of other languages than English do, in the forms that tools are named by and people ask in. Data. */

export type Doing = 'send' | 'pay' | 'share' | 'remove' | 'create' | 'change' | 'publish' | 'operate' | 'read'

// German, French, Spanish, Portuguese, Italian, Dutch, Danish, Norwegian and Swedish, Polish, and fewer of Finnish, Turkish, Czech,
// Romanian, Hungarian and Indonesian. No form that is an English word as well.
const ROWS: readonly (readonly [Doing, string])[] = [
  [
    'send',
    `senden sende schicken schick schicke verschicken antworten antworte beantworten beantworte benachrichtigen benachrichtige mitteilen weiterleiten
    envoyer envoie envoyez envoyons répondre répondez réponds transmettre transmettez prévenir préviens transférez
    enviar envía envíe envia envie envíales mándale mándales mandar manda responder responde contestar contesta avisar avisa reenviar notificar
    inviare invia inviate rispondere rispondi inoltra inoltrare avvisa
    verstuur versturen sturen beantwoord doorsturen
    skicka svara sende svar svare videresend videresende
    wyślij wysłać odpowiedz odpisz przekaż
    mitzuteilen übermitteln übermittle zusenden zuschicken weitergeben herausgeben nachsenden
    transférer communiquer communiquez fournir fournissez transmets réexpédier
    envíen reenvíe reenvíen mande mándeme responda avise facilitar facilite proporcionar proporcione entregar entregue remitir remita
    comunicare comunica fornire trasmettere trasmetti
    stuur doorgeven
    överlämna vidarebefordra vidarebefordr oppgi oplys
    wyślijcie przesłać prześlij podaj podać przekazać
    lähetä vastaa gönder yanıtla poslat odeslat odpovědět trimite răspunde küldés küldj kirim balas wyślij roześlij zadzwoń entregar chame telefonear telefonieren anrufen ringe ringa`,
  ],
  [
    'pay',
    `zahlen zahle bezahlen bezahle überweisen überweise ueberweisen bestellen bestelle bestell kaufen kaufe spenden
    promocionar promociona
    payer payez paie virer virez acheter achetez achète commander commandez rembourser
    pagar paga pague transferir transfiere comprar compra reembolsar donar
    pagare comprare acquista acquistare bonifico
    betaal betalen bestel kopen
    betal betale betala køb købe köp köpa beställ bestill
    zapłać zapłacić kup kupić przelej zamów zwrócić
    erstatten erstatte zurückerstatten gutschreiben auszahlen anweisen
    verser versez régler réglez créditer créditez débiter
    pagad transfiera transfieran abonar abone ingresar ingrese reembolse compre
    versare versate rimborsare rimborsa accredita trasferire trasferisci
    overmaken terugbetalen stort
    overfør overføre överför överföra
    przelać opłać zwróć
    maksa öde satın zaplatit koupit plătește cumpără fizetés fizess bayar beli zwroc`,
  ],
  [
    'share',
    `teilen teile freigeben freigib einladen berechtigen
    partager partagez partage invitez autoriser autorisez
    compartir comparte invitar invita compartilhar autorizar
    condividere condividi invitare
    delen deel uitnodigen
    invitér dela bjud
    udostępnij zaproś
    freischalten erteilen erteile gewähren gewähre berechtige
    accorder accordez octroyer octroyez
    conceder conceda otorgar otorgue comparta autorice compartilhe
    concedere concedi autorizza autorizzare
    verleen verlenen
    bevilge tildel tildela bevilja
    udziel nadaj
    paylaş sdílet partajează megosztás bagikan wydaj wydać przyznaj przyznać emitir expedir aushändigen ausgeben`,
  ],
  [
    'remove',
    `löschen lösche lösch loeschen loesche entfernen entferne stornieren storniere kündigen kündige absagen abschalten deaktivieren deaktiviere
    supprimer supprimez supprime effacer effacez annuler annulez annule désactiver désactivez désactive retirer retirez
    borrar borra borre eliminar elimina cancelar cancela anular anula desactivar desactiva quitar excluir apagar apaga
    eliminare cancellare cancella annulla disattivare disattiva rimuovi
    verwijder verwijderen annuleren annuleer wissen
    slette slet slett radera avboka annullere annuller afmeld
    usuń usunąć anuluj anulować wyłącz skasuj
    aufheben widerrufen widerrufe abschaffen zurückziehen abbestellen leeren
    résilier résiliez vider videz révoquer révoquez radier radiez
    borren elimine cancele anule desactive quite suprimir suprima vaciar vacíe revocar revoque exclua apague desative desativar
    revoca revocare svuota svuotare rimuovere
    uitschakelen verwijdert wis intrekken
    fjern fjerne avbryt
    usuńcie wyczyść odwołaj odwołać dezaktywuj wyłączyć
    poista sil kaldır iptal smazat odstranit zrušit șterge anulează törlés töröl hapus batalkan austragen abmelden rayer afmelden vymazat`,
  ],
  [
    'create',
    `anlegen anlege lege erstellen erstelle eintragen hinzufügen hinzufuegen füge buchen buche reservieren reserviere schreiben schreib schreibe notieren notiere
    créer créez crée ajouter ajoutez ajoute réserver réservez réserve écrire écrivez écris rédiger rédigez programmez enregistrer enregistrez
    asignar asigna crear crea añadir añade agregar agrega reservar reserva escribir escribe programar programa apuntar apunta anotar guardar guarda adicionar
    creare aggiungere aggiungi prenotare prenota scrivere scrivi
    maak toevoegen voeg boek reserveren schrijf
    opret oprette tilføj reserver skriv skapa lägg boka bestilling
    utwórz dodaj zarezerwuj napisz zapisz
    ausstellen hinterlegen hinterlege vermerken aufnehmen bestätigen bestätige
    inscrire inscrivez insérer insérez consigner consignez remplir remplissez saisir saisissez
    añada agregue cree rellenar rellene inscribir inscriba registrar registre anote escriba adicione crie
    inserire inserisci registrare registra compila
    invullen vul registreer
    tilføye registrera fyll indtast
    wpisz wprowadź zarejestruj wystaw wystawić
    lançar lança marcar marca registe inserir insere preencher preenche
    luo lisää oluştur ekle vytvořit přidat zapsat creează adaugă létrehozás hozzáadás buat tambah wystaw wystawić wpisać lançar anote ausfüllen einreichen mets `,
  ],
  [
    'change',
    `ändern ändere aendern aktualisieren aktualisiere verschieben verschiebe setzen setze setz umbuchen ersetzen ersetze
    modifier modifiez modifie changer changez remplacer remplacez déplacer déplacez décaler
    cambiar cambia modificar modifica actualizar actualiza mover mueve poner reemplazar alterar atualizar
    modificare cambiare cambia spostare sposta aggiornare
    wijzig wijzigen verplaats
    ændre endre ændr flyt flytt ändra uppdatera     zmień zmienić przenieś zaktualizuj
    setzt umstellen stelle umleiten heraufsetzen herabsetzen senken senke erhöhen erhöhe zurücksetzen ersetzt überschreiben anpassen genehmigen genehmige ablehnen freigebe
    mettez mettre baisser baissez augmenter augmentez réinitialiser réinitialisez approuver approuvez valider validez suspendre suspendez clôturer bloquer bloquez débloquer arrêter arrêtez rediriger
    cambie modifique actualice mueva ponga sustituir sustituya bajar baje subir suba aumentar aumente aprobar apruebe rechazar rechace suspender suspenda bloquear bloquee desbloquear altere atualize aprove
    imposta impostare approva approvare blocca bloccare aumenta aumentare abbassa sostituisci
    aanpassen zet verhoog verlaag goedkeuren blokkeer
    godkend godkjenn godkänn sæt sätt höj sänk hæv spærr
    ustaw ustawić zatwierdź zatwierdzić zablokuj odblokuj obniż podnieś
    muuta päivitä güncelle değiştir změnit upravit aktualizovat modifică actualizează módosítás ubah perbarui ustawić zmień umtragen einstellen anpassen alterar altere mudar mude zamknij`,
  ],
  [
    'publish',
    `veröffentlichen veröffentliche veroeffentlichen publier publiez publie publicar publica pubblicare pubblica publiceer publicér publicera opublikuj
    publiziere publizieren
    publions
    publique publiquen
    pubblicate
    publiceren
    udgiv publisere
    opublikować
    julkaise yayınla zveřejnit publică közzététel terbitkan`,
  ],
  [
    'operate',
    `schalten schalte steuern öffnen öffne oeffnen schließen schliesse schließe verriegeln entriegeln sperren entsperren einschalten ausschalten
    ouvrir ouvrez fermer fermez allumer allumez éteindre éteignez
    abrir abre cerrar cierra encender enciende
    aprire apri chiudere chiudi accendi spegni
    åbn åbne tænd sluk öppna stäng tänd släck
    otwórz zamknij włącz
    aktivieren aktiviere auslösen starten anhalten stoppen hochfahren herunterfahren
    activer activez verrouiller déverrouiller déverrouillez démarrer démarrez
    activar encienda abra cierre detener detenga parar iniciar desbloquee
    attiva attivare sbloccare sblocca avvia
    inschakelen ontgrendel
    aktiver aktivera lås
    włączyć otworzyć zamknąć uruchom
    avaa sulje käynnistä kapat başlat otevřít zavřít spustit deschide închide nyit zárd buka tutup jalankan uruchomić einstellen regeln ustaw`,
  ],
  [
    'read',
    `lesen auflisten anzeigen zeige zeig suchen suche abrufen prüfen pruefen finden
    lire lisez lister listez afficher affichez chercher cherchez rechercher consulter consultez     leer listar buscar busca consultar consulta mostrar muestra obtener     leggere leggi cercare cerca elenca mostra
    lezen zoek tonen
    læs læse søg läs visa sök
    przeczytaj pokaż znajdź szukaj
    hae näytä etsi oku listele göster zobrazit vyhledat přečíst citește afișează caută olvasás keresés lihat cari baca czytaj czytać lista listado wyszukaj sprawdź szczegóły pokazać ler procurar procure vis vise hent hente hämta ophalen opzoeken bekijken nachsehen einsehen recherche trova trovare visualizza visualizar détails detalles dettagli detalhes einzelheiten`,
  ],
]

/** Ends of what will be done in Romance languages, behind the infinitive: `publicará`, `publierez`. */
const WILL = ['á', 'án', 'à', 'ez', 'ont', 'anno']
/** Particles that German and Dutch verbs are parted from by `zu`: `abzuschalten`. */
const PARTED = /^(zurück|weiter|ab|an|auf|aus|ein|frei|gut|her|hin|hoch|mit|nach|um|zu)(\p{L}{4,}n)$/u

const OF_WORD: ReadonlyMap<string, Doing> = new Map(
  ROWS.flatMap(([doing, words]) => words.split(/\s+/).flatMap((word) => formsOf(word).map((form) => [form, doing] as const))),
)

function formsOf(word: string): readonly string[] {
  const parted = PARTED.exec(word)
  if (parted !== null) return [word, `${parted[1]}zu${parted[2]}`]
  return /[aei]r$/.test(word) ? [word, ...WILL.map((end) => `${word}${end}`)] : [word]
}

/**
 * What a verb of another language does, by one of its forms in small letters; names go without accents: `lancar`, `wyslij`. Short words
 * without theirs are often others.
 */
export function doingOfName(word: string): Doing | undefined {
  return OF_WORD.get(word) ?? PLAIN.get(word)
}

const PLAIN: ReadonlyMap<string, Doing> = new Map(
  [...OF_WORD].flatMap(([word, doing]) =>
    [withoutAccents(word), spelledOut(word)].flatMap((plain) =>
      plain.length >= 5 && !OF_WORD.has(plain) ? [[plain, doing] as const] : [],
    ),
  ),
)

function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('ø', 'o').replaceAll('ß', 'ss').replaceAll('ı', 'i')
}

function spelledOut(word: string): string {
  return word
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('å', 'aa')
    .replaceAll('ø', 'oe')
    .replaceAll('æ', 'ae')
}

/** Whether the form says what will be done: said of somebody's duty it asks for it. */
export function isFuture(word: string): boolean {
  return OF_WORD.has(word) && WILL.some((end) => word.endsWith(`r${end}`))
}

export const FOREIGN_VERBS: ReadonlyMap<string, Doing> = OF_WORD
