/** What verbs of other languages than English do, in the forms that tools are named by and people ask in. Data. */

export type Doing = 'send' | 'pay' | 'share' | 'remove' | 'create' | 'change' | 'publish' | 'operate' | 'read'

// German, French, Spanish, Portuguese, Italian, Dutch, Danish, Norwegian and Swedish, Polish. No form that is an English word as well.
const ROWS: readonly (readonly [Doing, string])[] = [
  [
    'send',
    `senden sende schicken schick schicke verschicken antworten antworte beantworten beantworte benachrichtigen benachrichtige mitteilen weiterleiten
    envoyer envoie envoyez envoyons répondre répondez réponds transmettre transmettez prévenir préviens transférez
    enviar envía envíe envia envie envíales mándale mándales mandar manda responder responde contestar contesta avisar avisa reenviar notificar
    inviare invia inviate rispondere rispondi inoltra inoltrare avvisa
    verstuur versturen sturen beantwoord doorsturen
    skicka svara sende svar svare videresend videresende
    wyślij wysłać odpowiedz odpisz przekaż`,
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
    zapłać zapłacić kup kupić przelej zamów`,
  ],
  [
    'share',
    `teilen teile freigeben freigib einladen berechtigen
    partager partagez partage invitez autoriser autorisez
    compartir comparte invitar invita compartilhar autorizar
    condividere condividi invitare
    delen deel uitnodigen
    invitér dela bjud
    udostępnij zaproś`,
  ],
  [
    'remove',
    `löschen lösche lösch loeschen loesche entfernen entferne stornieren storniere kündigen kündige absagen abschalten deaktivieren deaktiviere
    supprimer supprimez supprime effacer effacez annuler annulez annule désactiver désactivez désactive retirer retirez
    borrar borra borre eliminar elimina cancelar cancela anular anula desactivar desactiva quitar excluir apagar apaga
    eliminare cancellare cancella annulla disattivare disattiva rimuovi
    verwijder verwijderen annuleren annuleer wissen
    slette slet slett radera avboka annullere annuller afmeld
    usuń usunąć anuluj anulować wyłącz skasuj`,
  ],
  [
    'create',
    `anlegen anlege lege erstellen erstelle eintragen hinzufügen hinzufuegen füge buchen buche reservieren reserviere schreiben schreib schreibe notieren notiere
    créer créez crée ajouter ajoutez ajoute réserver réservez réserve écrire écrivez écris rédiger rédigez programmez enregistrer enregistrez
    crear crea añadir añade agregar agrega reservar reserva escribir escribe programar programa apuntar apunta anotar guardar guarda adicionar
    creare aggiungere aggiungi prenotare prenota scrivere scrivi
    maak toevoegen voeg boek reserveren schrijf
    opret oprette tilføj reserver skriv skapa lägg boka bestilling
    utwórz dodaj zarezerwuj napisz zapisz`,
  ],
  [
    'change',
    `ändern ändere aendern aktualisieren aktualisiere verschieben verschiebe setzen setze setz umbuchen ersetzen ersetze
    modifier modifiez modifie changer changez remplacer remplacez déplacer déplacez décaler
    cambiar cambia modificar modifica actualizar actualiza mover mueve poner reemplazar alterar atualizar
    modificare cambiare cambia spostare sposta aggiornare
    wijzig wijzigen verplaats
    ændre endre ændr flyt flytt ändra uppdatera     zmień zmienić przenieś zaktualizuj`,
  ],
  [
    'publish',
    `veröffentlichen veröffentliche veroeffentlichen publier publiez publie publicar publica pubblicare pubblica publiceer publicér publicera opublikuj`,
  ],
  [
    'operate',
    `schalten schalte steuern öffnen öffne oeffnen schließen schliesse schließe verriegeln entriegeln sperren entsperren einschalten ausschalten
    ouvrir ouvrez fermer fermez allumer allumez éteindre éteignez
    abrir abre cerrar cierra encender enciende
    aprire apri chiudere chiudi accendi spegni
    åbn åbne tænd sluk öppna stäng tänd släck
    otwórz zamknij włącz`,
  ],
  [
    'read',
    `lesen auflisten anzeigen zeige zeig suchen suche abrufen prüfen pruefen finden
    lire lisez lister listez afficher affichez chercher cherchez rechercher consulter consultez     leer listar buscar busca consultar consulta mostrar muestra obtener     leggere leggi cercare cerca elenca mostra
    lezen zoek tonen
    læs læse søg läs visa sök
    przeczytaj pokaż znajdź szukaj`,
  ],
]

const OF_WORD: ReadonlyMap<string, Doing> = new Map(
  ROWS.flatMap(([doing, words]) => words.split(/\s+/).map((word) => [word, doing] as const)),
)

/** What a verb of another language does, by one of its forms in small letters. */
export function doingOf(word: string): Doing | undefined {
  return OF_WORD.get(word)
}

export const FOREIGN_VERBS: ReadonlyMap<string, Doing> = OF_WORD
